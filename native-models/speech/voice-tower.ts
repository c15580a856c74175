// Runs in a worker thread: Silero VAD, which tells voices from everything else.
import type { Tower } from '../runtime/messages.ts';
import { loadModel, type PlainTensor } from '../runtime/model-runtime.ts';
import { CONTEXT_SAMPLES, STATE_VALUES, type VoiceState, WINDOW_SAMPLES } from './voice-state.ts';

/** The model is made for this rate and 8 kHz; everything here is at this one. */
const RATE: PlainTensor = { type: 'int64', data: BigInt64Array.of(16_000n), dims: [] };

/**
 * Silero VAD 6 (MIT, snakers4/silero-vad), a recurrent network over windows of 32 ms. As in its authors' own
 * wrapper each window is given together with the last 64 samples before it: without them the model takes a
 * barking dog for a voice and, in version 6, hears none at all.
 */
export async function openVoiceTower({ path }: { path: string }): Promise<Tower> {
  // One thread: a window is half a millisecond of work, and the windows follow from one another.
  const model = await loadModel(path, 1);
  return {
    async detectVoice(samples, before) {
      const windows = Math.floor(samples.length / WINDOW_SAMPLES);
      const probabilities = new Float32Array(windows);
      const input = new Float32Array(CONTEXT_SAMPLES + WINDOW_SAMPLES);
      input.set(before.context, WINDOW_SAMPLES);
      let state: Float32Array = before.state;
      for (let at = 0; at < windows; at++) {
        input.copyWithin(0, WINDOW_SAMPLES);
        for (let i = 0; i < WINDOW_SAMPLES; i++)
          input[CONTEXT_SAMPLES + i] = (samples[at * WINDOW_SAMPLES + i] ?? 0) / 32_768;
        const answer = await model.run(
          {
            input: { type: 'float32', data: input, dims: [1, input.length] },
            state: { type: 'float32', data: state, dims: [2, 1, STATE_VALUES / 2] },
            sr: RATE,
          },
          ['output', 'stateN'],
        );
        probabilities[at] = answer['output']?.data[0] ?? 0;
        state = answer['stateN']?.data ?? state;
      }
      const after: VoiceState = { state, context: input.slice(WINDOW_SAMPLES) };
      return { probabilities, state: after };
    },
    close: () => model.close(),
  };
}
