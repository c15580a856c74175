// Runs in the command line: values in a form that a person reads, and that a terminal can be trusted with.

/**
 * A name as it may go to a terminal: control characters, escape sequences and marks that turn the
 * direction of text are written as their code, so that a file's name cannot disguise or command anything.
 */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (one) => {
      const code = one.charCodeAt(0);
      if (one === '\n') return '\\n';
      if (one === '\t') return '\\t';
      return `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
}

/** 1536 as `1.5 kB`; thousands, as drives are labelled. */
export function byteCount(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${value >= 100 || power === 0 ? value.toFixed(0) : value.toFixed(1)} ${units[power] ?? ''}`;
}

/** 65 as `1:05`, 3671 as `1:01:11`. @param seconds - rounded up */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [first = 0, ...rest] = (parts[0] ?? 0) > 0 ? parts : parts.slice(1);
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** A place in a film: 5480 ms as `0:05.48`, 3671000 as `1:01:11.00`; rounded down, so that it lies before it. */
export function clock(ms: number): string {
  const hundredths = String(Math.floor((ms % 1000) / 10)).padStart(2, '0');
  return `${duration(Math.floor(ms / 1000))}.${hundredths}`;
}

/** 0.934 as `93 %`; rounded down, so that what is below the cut-off never reads as 50 %. */
export const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)} %`;

/** A rate with as many digits as it deserves: 137, 12.4. */
export const rateText = (rate: number): string => (rate >= 100 ? rate.toFixed(0) : rate.toFixed(1));

/** Terminal columns of a text: East Asian wide characters take two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text)
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(char) ? 2 : 1;
  return columns;
}

/** Label and value pairs, values one under the other. */
export function pairs(rows: readonly (readonly [label: string, value: string])[]): string {
  const widest = Math.max(0, ...rows.map(([label]) => columnsOf(label)));
  return rows.map(([label, value]) => label + ' '.repeat(widest - columnsOf(label) + 2) + value).join('\n');
}
