// Runs in the page: a path as the folders on the way to it, in either platform's form.

export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/** From the root to the folder itself: `/home/mira`, `C:\Users\Mira` or `\\server\share\x`. */
export function crumbsOf(path: string): Crumb[] {
  if (path === '') return [];
  const windows = /^[a-z]:|^\\\\/i.test(path);
  const separator = windows ? '\\' : '/';
  const root = windows ? (/^(?:[a-z]:\\?|\\\\[^\\]+\\[^\\]+\\?)/i.exec(path)?.[0] ?? '') : '/';
  const crumbs = [{ name: windows ? root.replace(/\\$/, '') : root, path: root }];
  let way = root.endsWith(separator) ? root.slice(0, -1) : root;
  for (const name of path.slice(root.length).split(separator)) {
    if (name === '') continue;
    way += separator + name;
    crumbs.push({ name, path: way });
  }
  return crumbs;
}
