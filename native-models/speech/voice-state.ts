// Runs nowhere by itself: what the detector of voices carries from one piece of sound to the next.

/** Samples judged at once: 32 ms at 16 kHz, the only size that the model takes. */
export const WINDOW_SAMPLES = 512;
/** Samples before a window that the model sees with it. */
export const CONTEXT_SAMPLES = 64;
/** Two layers of 128 values. */
export const STATE_VALUES = 256;

export interface VoiceState {
  /** The network's memory, {@link STATE_VALUES} long. */
  readonly state: Float32Array;
  /** The last {@link CONTEXT_SAMPLES} samples, -1 to 1. */
  readonly context: Float32Array;
}

/** At the beginning of a sound. */
export const noVoiceYet = (): VoiceState => ({
  state: new Float32Array(STATE_VALUES),
  context: new Float32Array(CONTEXT_SAMPLES),
});
