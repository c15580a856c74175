// Runs on the engine's thread: lets indexing rest while the machine runs on its battery, where a person wants that.
import type { Power } from './ports.ts';

const LOOK_MS = 20_000;

export type BatteryRest = ReturnType<typeof createBatteryRest>;

export function createBatteryRest(options: {
  power: Power | null;
  isWanted: () => boolean;
  /** Called when it changes. */
  onRest: (rests: boolean) => void;
}) {
  const { power, isWanted, onRest } = options;
  let rests = false;
  const look = async (): Promise<void> => {
    const onBattery = isWanted() && power !== null && (await power.onBattery());
    if (onBattery === rests) return;
    rests = onBattery;
    onRest(rests);
  };
  // The timer must not keep a process alive that has nothing else to do.
  const timer = power === null ? null : setInterval(() => void look(), LOOK_MS).unref();
  return {
    /** Looks now: a setting changed. */
    look,
    rests: (): boolean => rests,
    close(): void {
      if (timer !== null) clearInterval(timer);
    },
  };
}
