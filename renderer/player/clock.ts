// Runs in the page: times within a film or a sound as people write them.

/** `0:07`, `12:34`, `1:02:03`; with tenths where cuts are made. */
export function clock(ms: number, tenths = false): string {
  const whole = Math.max(0, tenths ? Math.floor(ms / 100) / 10 : Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = whole % 60;
  const seconds = tenths ? rest.toFixed(1).padStart(4, '0') : two(rest);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${seconds}` : `${String(minutes)}:${seconds}`;
}
