// Runs on the engine's thread: tells faces that something changed, at a pace that they can follow.
import { EventPublisher } from '@orpc/server';
import type { Change } from '../contract/index.ts';

/** At most one event per topic in this time: often enough to look alive, seldom enough to cost nothing. */
const PACE_MS = 250;

export type Topic = Change['topic'] | 'progress' | 'downloads' | 'moving';

export type Changes = ReturnType<typeof createChanges>;

export function createChanges() {
  const publisher = new EventPublisher<Record<Topic, null>>();
  const pending = new Map<Topic, NodeJS.Timeout>();
  const lastMs = new Map<Topic, number>();
  const send = (topic: Topic): void => {
    pending.delete(topic);
    lastMs.set(topic, Date.now());
    publisher.publish(topic, null);
  };
  return {
    /** Something of the topic is different now. */
    note(topic: Topic): void {
      if (pending.has(topic)) return;
      const waitMs = (lastMs.get(topic) ?? 0) + PACE_MS - Date.now();
      if (waitMs <= 0) send(topic);
      // The timer must not keep a process alive that has nothing else to do.
      else pending.set(topic, setTimeout(send, waitMs, topic).unref());
    },
    /** Topics as they change, until the signal fires. */
    async *follow(topics: readonly Topic[], signal?: AbortSignal): AsyncGenerator<Topic> {
      const changed = new Set<Topic>();
      let wake: () => void = () => undefined;
      const stops = topics.map((topic) =>
        publisher.subscribe(topic, () => {
          changed.add(topic);
          wake();
        }),
      );
      const abort = (): void => wake();
      signal?.addEventListener('abort', abort);
      const aborted = (): boolean => signal?.aborted ?? false;
      try {
        while (!aborted()) {
          for (const topic of changed) {
            changed.delete(topic);
            yield topic;
          }
          if (changed.size === 0 && !aborted())
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        signal?.removeEventListener('abort', abort);
        for (const stop of stops) stop();
      }
    },
    close(): void {
      for (const timer of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
}
