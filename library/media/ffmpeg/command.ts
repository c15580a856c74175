// Runs wherever a film is opened: builds ffmpeg's arguments. The one module that knows fluent-ffmpeg.
import fluent from 'fluent-ffmpeg';
import { SAFE_INPUT } from './safety.ts';

/** One output of an ffmpeg process: options, then where to (`pipe:1`, a path of ours). */
export interface Output {
  readonly to: string;
  readonly options: readonly string[];
}

/**
 * The arguments of one ffmpeg process with one input, ready for {@link run}; no shell sees them.
 * The input is opened under {@link SAFE_INPUT}: nothing it names is opened beside it.
 *
 * @param path - absolute path of a regular file (see openRegular)
 * @param options.input - options before `-i`: seeking, skipping, threads
 * @param options.filters - a filter graph (`-filter_complex`) whose labels the outputs map
 */
export function ffmpegArguments(
  path: string,
  options: {
    readonly input?: readonly string[];
    readonly filters?: string;
    readonly outputs: readonly Output[];
  },
): string[] {
  const command = fluent();
  command.input(`file:${path}`).inputOptions([...SAFE_INPUT, ...(options.input ?? [])]);
  if (options.filters !== undefined) command.complexFilter(options.filters);
  for (const output of options.outputs) command.output(output.to).outputOptions([...output.options]);
  // The builder only: its own way of running asks ffmpeg for its abilities each time and knows no limits.
  return ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...command._getArguments()];
}
