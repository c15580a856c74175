// Runs on the engine's thread: the loudest samples of equal pieces of a sound, whatever its length. Serves waveform.

/** Pieces that are kept at the least once there is that much sound; at the most twice as many. */
export const FEWEST_PIECES = 1000;

/**
 * Takes samples as they come and never holds more than twice {@link FEWEST_PIECES} numbers: when these are
 * full, neighbours are joined and a piece is twice as long from then on.
 */
export class PeakMeter {
  #peaks: number[] = [];
  #samplesPerPiece = 1;
  #loudest = 0;
  #counted = 0;

  /** @param samples - signed 16-bit, of one channel */
  add(samples: Int16Array): void {
    for (const sample of samples) {
      const value = Math.abs(sample);
      if (value > this.#loudest) this.#loudest = value;
      if (++this.#counted < this.#samplesPerPiece) continue;
      this.#peaks.push(this.#loudest);
      this.#loudest = 0;
      this.#counted = 0;
      if (this.#peaks.length === FEWEST_PIECES * 2) this.#join();
    }
  }

  /** 0 to 255 each; the last piece may be shorter than the others. */
  peaks(): Uint8Array {
    const rest = this.#counted > 0 ? [this.#loudest] : [];
    return Uint8Array.from([...this.#peaks, ...rest], (peak) => Math.min(255, Math.round(peak / 128.5)));
  }

  #join(): void {
    this.#peaks = Array.from({ length: FEWEST_PIECES }, (_, piece) =>
      Math.max(this.#peaks[piece * 2] ?? 0, this.#peaks[piece * 2 + 1] ?? 0),
    );
    this.#samplesPerPiece *= 2;
  }
}
