// Runs on the engine's thread: what the library holds that can be asked for by name: concepts, cameras, folders, dates.
import { CUT_OFF, type Suggestion } from '../../contract/index.ts';
import type { Database } from '../database/database.ts';
import type { Catalogue } from './catalogue.ts';
import { conceptName } from './meaning/scores.ts';
import type { Active } from './search.ts';

/** Of each kind, the most frequent. */
const MOST = 400;
/** A concept that fewer show by the pack's own account is more often wrong than there. */
const LEAST_OF_CONCEPT = 2;

/** A value of a filter as it must be written: in quotes where it has spaces. */
const written = (value: string): string => (/[\s"]/u.test(value) ? `"${value.replaceAll('"', '')}"` : value);

function frequent(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts]
    .filter(([text]) => text !== '')
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, MOST);
}

function dates(catalogue: Catalogue): Suggestion[] {
  const [years, months] = [new Map<string, number>(), new Map<string, number>()];
  const date = new Date(0);
  for (const id of catalogue.items) {
    date.setTime(catalogue.columns.sortMs[id] ?? NaN);
    if (Number.isNaN(date.getTime())) continue;
    const year = String(date.getUTCFullYear()).padStart(4, '0');
    const month = `${year}-${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
    years.set(year, (years.get(year) ?? 0) + 1);
    months.set(month, (months.get(month) ?? 0) + 1);
  }
  const as = (kind: 'year' | 'month', counts: ReadonlyMap<string, number>): Suggestion[] =>
    frequent(counts).map(([text, items]) => ({ kind, text, query: `date:${text}`, items }));
  return [...as('year', years), ...as('month', months)];
}

/** Makers repeat themselves: "Canon Canon EOS 6D" is one name. */
const onceNamed = (text: string): string => text.replace(/^(\S+) (?=\1\b)/iu, '');

function equipment(catalogue: Catalogue, kind: 'camera' | 'lens'): Suggestion[] {
  const texts = kind === 'camera' ? catalogue.cameras : catalogue.lenses;
  const counts = new Uint32Array(texts.length);
  for (const id of catalogue.items) {
    const place = catalogue.columns[kind][id] ?? 0;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return frequent(new Map(texts.map((text, place) => [onceNamed(text), counts[place] ?? 0])))
    .filter(([, items]) => items > 0)
    .map(([text, items]) => ({ kind, text, query: `${kind}:${written(text.toLowerCase())}`, items }));
}

/** Folders by their names, on every level below a root. */
function folders(database: Database): Suggestion[] {
  const counts = new Map<string, number>();
  for (const { folder, files } of database.files.folders())
    for (const name of new Set(folder.split('/'))) counts.set(name, (counts.get(name) ?? 0) + files);
  return frequent(counts).map(([text, items]) => ({
    kind: 'folder',
    text,
    query: `in:${written(text)}`,
    items,
  }));
}

/** Concepts that the active pack sees in the library; none for packs of vectors. */
function concepts(active: Active | null): Suggestion[] {
  if (active?.encoder.space.family !== 'concepts') return [];
  const { space } = active.encoder;
  const cut = Math.round(CUT_OFF * 255);
  const counts = new Map<string, number>();
  for (const [concept, key] of space.concepts.entries()) {
    const text = conceptName(space, concept);
    // What is counted or only orders is no word to ask for.
    if (/\d/u.test(text) || key.startsWith('tone:')) continue;
    const column = active.index.concepts.column(concept).subarray(0, active.index.count());
    let items = 0;
    for (const value of column) if (value >= cut) items += 1;
    if (items >= LEAST_OF_CONCEPT) counts.set(text, Math.max(items, counts.get(text) ?? 0));
  }
  return frequent(counts).map(([text, items]) => ({ kind: 'concept', text, query: text, items }));
}

export function vocabulary(database: Database, catalogue: Catalogue, active: Active | null): Suggestion[] {
  return [
    ...concepts(active),
    ...equipment(catalogue, 'camera'),
    ...equipment(catalogue, 'lens'),
    ...folders(database),
    ...dates(catalogue),
  ];
}
