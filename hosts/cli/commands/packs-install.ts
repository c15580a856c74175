// Runs in the command line: `packs install` says that this version downloads nothing.
import { Failure } from '../../../contract/index.ts';
import type { Run } from '../command.ts';
import { printable } from '../text.ts';

export const run: Run = async ({ args, say }) => {
  const pack = printable(args[0] ?? '');
  throw new Failure('PACK_UNKNOWN', say('packs.no-download', { pack }), say('packs.no-download-remedy'));
};
