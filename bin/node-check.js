// Runs before anything else, on whatever Node a person has: says in one sentence when that Node cannot run us.
// Plain JavaScript of 2020, without imports, so that an old Node can still read it.

/**
 * Why this Node cannot run Afterimage, or null when it can.
 *
 * The database binary wants Node-API 10 (Node 22.14 and later) and crashes the process below it;
 * running the sources directly wants a Node that strips types (22.18 and later).
 *
 * @param {{ node: string, napi?: string }} versions - `process.versions`
 * @param {{ typescript?: false | string }} features - `process.features`
 * @param {boolean} fromSources - whether `.ts` files are to be run, and not the build in dist/
 * @returns {string | null} one sentence for a person
 */
export function nodeProblem(versions, features, fromSources) {
  const napi = Number(versions.napi || 0);
  if (napi >= 10 && (!fromSources || features.typescript)) return null;
  const wanted = fromSources ? '22.18' : '22.14';
  return (
    'Afterimage needs Node ' +
    wanted +
    ' or later, and this is ' +
    versions.node +
    ': run `npm install` in the project and start it through npm (for example `npm run -s cli -- --help`), ' +
    'which brings its own Node, or install a newer Node from https://nodejs.org.'
  );
}
