// Runs on the engine's thread: the contract's procedures for items that leave the library, over its parts.
import { exportItems } from '../export/export.ts';
import { itemDetails } from '../item-details.ts';
import type { Parts } from '../parts.ts';
import { trashItems, trashPlan } from '../trash.ts';
import { base } from './base.ts';

/** Spread into the router: `exports`, `trash`. */
export function leavingRoutes(parts: Parts) {
  const { database, spaces, folder } = parts;
  return {
    exports: {
      run: base.exports.run.handler(async function* ({ input, signal }) {
        const space = await spaces.active().catch(() => null);
        const details = (itemId: (typeof input.itemIds)[number]) => itemDetails(database, space, itemId);
        yield* exportItems({ details, ownFolder: folder, nowMs: () => Date.now() }, input, signal);
      }),
    },
    trash: {
      plan: base.trash.plan.handler(({ input }) => trashPlan(database, input.itemIds)),
      move: base.trash.move.handler(async ({ input }) => {
        const answer = await trashItems(database, parts.trash, input.itemIds);
        if (answer.trashed > 0) void parts.rescan().catch(() => undefined);
        return answer;
      }),
    },
  };
}
