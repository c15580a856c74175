// Runs on the engine's thread: the contract's procedures for moving the library, over its parts.
import type { Parts } from '../parts.ts';
import { base } from './base.ts';

/** The router's `moving`. */
export function movingRoutes({ moving, changes }: Parts) {
  return {
    plan: base.moving.plan.handler(({ input }) => moving.plan(input)),
    start: base.moving.start.handler(({ input }) => moving.start(input)),
    stop: base.moving.stop.handler(() => moving.stop()),
    state: base.moving.state.handler(async function* ({ signal }) {
      yield moving.state();
      for await (const _ of changes.follow(['moving'], signal)) yield moving.state();
    }),
  };
}
