// Runs in the page: takes a part of a query away, the way a removed chip does.

const isBoundary = (char: string | undefined) => char === undefined || /[\s,;]/.test(char);

function findPart(text: string, part: string): number {
  for (const [hay, needle] of [
    [text, part],
    [text.toLowerCase(), part.toLowerCase()],
  ] as const) {
    let at = hay.indexOf(needle);
    const first = at;
    while (at >= 0) {
      if (isBoundary(hay[at - 1]) && isBoundary(hay[at + needle.length])) return at;
      at = hay.indexOf(needle, at + 1);
    }
    if (first >= 0) return first;
  }
  return -1;
}

/**
 * The query without the first of the given spellings that occurs in it, whole words before parts of
 * words; unchanged when none does.
 */
export function cutFromQuery(text: string, ...spellings: readonly string[]): string {
  for (const spelling of spellings) {
    if (spelling === '') continue;
    const at = findPart(text, spelling);
    if (at < 0) continue;
    const rest = `${text.slice(0, at)} ${text.slice(at + spelling.length)}`;
    return rest.replace(/\s+/g, ' ').trim();
  }
  return text;
}
