// Runs on the engine's thread: which procedures wait until a move is over. Serves the router.
import { Failure } from '../../contract/index.ts';

/** They write the index, previews or packs, all of which lie still while they are copied. */
const stillMeanwhile: ReadonlySet<string> = new Set([
  ...['roots.add', 'roots.remove'],
  ...['indexing.rescan', 'indexing.resume', 'indexing.retry', 'indexing.ignore'],
  ...['packs.import', 'packs.use', 'packs.remove', 'packs.install'],
  ...['trash.move', 'upkeep.rebuild'],
]);

/** They write what a person decided: welcome until the switch, and then lost on this side. */
const decisions =
  /^(decisions|albums|searches|history|settings|packs)\.(?!list$|get$|state$|tagsOf$|offers$|downloads$|mirror$|verify$|cost$)/;

/** @throws Failure LIBRARY_MOVING for a procedure that has to wait */
export function requireStill(path: readonly string[], move: { running: boolean; switched: boolean }): void {
  const name = path.join('.');
  if (!move.switched && !(move.running && stillMeanwhile.has(name))) return;
  if (!stillMeanwhile.has(name) && !decisions.test(name)) return;
  throw new Failure(
    'LIBRARY_MOVING',
    'The library is being moved to another folder.',
    'Try again when it is there, or stop the move in the settings.',
  );
}
