// Runs in the command line: who hears what. Results on stdout, everything else on stderr.

/** What of a stream is used; tests give their own. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Output {
  /** Whether `--json` was given: stdout is then for {@link object} alone. */
  readonly json: boolean;
  /** One JSON line on stdout with `--json`, else nothing. */
  object(value: object): void;
  /** A line of the answer on stdout without `--json`, else nothing. */
  line(text?: string): void;
  /** A message on stderr, in either form. */
  note(text: string): void;
  /** Writes the one line of a terminal that shows what is going on; '' takes it away. */
  transient(text: string): void;
  /** Whether {@link transient} shows anything. */
  readonly live: boolean;
}

export function createOutput(json: boolean, out: Sink = process.stdout, err: Sink = process.stderr): Output {
  const live = err.isTTY === true && !json;
  let shown = false;
  const clear = (): void => {
    if (shown) err.write('\r\u001b[2K');
    shown = false;
  };
  return {
    json,
    live,
    object(value) {
      if (json) out.write(`${JSON.stringify(value)}\n`);
    },
    line(text = '') {
      if (json) return;
      clear();
      out.write(`${text}\n`);
    },
    note(text) {
      clear();
      err.write(`${text}\n`);
    },
    transient(text) {
      if (!live) return;
      clear();
      if (text === '') return;
      err.write(text);
      shown = true;
    },
  };
}
