// Runs anywhere: samples as a WAV file in memory, the one form of sound that whisper.cpp reads.

const HEADER_BYTES = 44;

/** RIFF WAVE, PCM, 16 bit, mono (Microsoft's Multimedia Programming Interface, 1991). */
export function wavOf(samples: Int16Array, samplesPerSecond = 16_000): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(samplesPerSecond, 24);
  bytes.writeUInt32LE(samplesPerSecond * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (let i = 0; i < samples.length; i++) bytes.writeInt16LE(samples[i] ?? 0, HEADER_BYTES + i * 2);
  return bytes;
}
