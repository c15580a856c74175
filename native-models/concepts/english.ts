// Runs on the answering thread: English words in the forms that a lexicon of singulars knows.

/** Endings and what stands for them in the singular; the first that leads to a known word counts. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['ies', 'y'],
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['xes', 'x'],
  ['sses', 'ss'],
  ['ses', 's'],
  ['oes', 'o'],
  ['ves', 'f'],
  ['ves', 'fe'],
  ['men', 'man'],
  ["'s", ''],
  ['s', ''],
];

/** The word as written, then every singular it may be the plural of. A phrase changes in its last word. */
export function singulars(form: string): string[] {
  const forms = [form];
  for (const [ending, singular] of ENDINGS)
    if (form.endsWith(ending) && form.length > ending.length + 1)
      forms.push(form.slice(0, -ending.length) + singular);
  return forms;
}
