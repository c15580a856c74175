// Runs in the command line: the name of a pack as a person typed it.
import { Failure, PackId } from '../../../contract/index.ts';

/** @throws Failure PACK_UNKNOWN when no pack can have this name */
export function packIdOf(text: string | undefined): PackId {
  const packId = PackId.safeParse(text);
  if (packId.success) return packId.data;
  throw new Failure(
    'PACK_UNKNOWN',
    `There is no pack "${text ?? ''}".`,
    'See `afterimage packs list` for those at hand.',
  );
}
