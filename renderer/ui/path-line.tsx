// Runs in the page: where a file or folder lies, its name first and the way to it below.
import { crumbsOf } from '../upkeep/crumbs.ts';
import { OpenIcon } from './icons.ts';
import './path-line.css';

/** Folders of the way that are shown: the nearest say the most. */
const MOST_SHOWN = 3;

/** @param path - absolute, in either platform's form; the whole of it is read out, and shown on pointing at it */
export function PathLine({ path }: { readonly path: string }) {
  const crumbs = crumbsOf(path);
  const name = crumbs.at(-1)?.name ?? path;
  // That a way begins at the root of everything goes without saying.
  const way = crumbs.slice(0, -1).filter((crumb) => crumb.name !== '/');
  const shown = way.slice(-MOST_SHOWN);
  return (
    <span className="path-line" title={path}>
      <bdi className="spoken-only path">{path}</bdi>
      <strong className="path-name" aria-hidden>
        <bdi>{name}</bdi>
      </strong>
      {way.length > 0 && (
        <span className="path-way" aria-hidden>
          {shown.length < way.length && <span>…</span>}
          {shown.map((crumb, at) => (
            <span key={crumb.path}>
              {(at > 0 || shown.length < way.length) && <OpenIcon size={12} aria-hidden />}
              <bdi>{crumb.name}</bdi>
            </span>
          ))}
        </span>
      )}
    </span>
  );
}
