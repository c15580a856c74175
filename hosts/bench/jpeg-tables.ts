// Runs in the command line: the example tables of the JPEG standard. Serves the bench's own pictures.

/** Order of coefficients in a block, ITU-T T.81 figure A.6. */
// prettier-ignore
export const zigzag = [
   0,  1,  8, 16,  9,  2,  3, 10, 17, 24, 32, 25, 18, 11,  4,  5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13,  6,  7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/** Quantisation of luminance, ITU-T T.81 table K.1, row by row: quality 50. */
// prettier-ignore
const luminance = [
  16, 11, 10, 16,  24,  40,  51,  61, 12, 12, 14, 19,  26,  58,  60,  55, 14, 13, 16, 24,  40,  57,  69,  56, 14, 17, 22, 29,  51,  87,  80,  62,
  18, 22, 37, 56,  68, 109, 103,  77, 24, 35, 55, 64,  81, 104, 113,  92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103,  99,
];

/** Quantisation of chrominance, ITU-T T.81 table K.2: the first four rows hold all that is not 99. */
// prettier-ignore
const chrominance = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
  ...Array<number>(32).fill(99),
];

/** Both tables at a quality 50 to 100, scaled as libjpeg does: 200 - 2q per cent. */
export function quantisation(quality: number): { luminance: number[]; chrominance: number[] } {
  const scale = (200 - 2 * quality) / 100;
  const scaled = (table: readonly number[]) =>
    table.map((value) => Math.min(255, Math.max(1, Math.round(value * scale))));
  return { luminance: scaled(luminance), chrominance: scaled(chrominance) };
}

/** A Huffman table as a file holds it: how many codes of each length 1 to 16, and their symbols. */
export interface HuffmanTable {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

/** ITU-T T.81 tables K.3 and K.4: differences of the first coefficient. */
const dcSymbols = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
export const dcLuminance: HuffmanTable = {
  counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  symbols: dcSymbols,
};
export const dcChrominance: HuffmanTable = {
  counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
  symbols: dcSymbols,
};

const bytes = (hexadecimal: string): number[] => [...Buffer.from(hexadecimal.replaceAll(/\s/g, ''), 'hex')];

/** ITU-T T.81 tables K.5 and K.6: runs of zeros and lengths of what follows. */
export const acLuminance: HuffmanTable = {
  counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
  symbols: bytes(`
    01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728
    292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a83848586878889
    8a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2
    e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa`),
};
export const acChrominance: HuffmanTable = {
  counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
  symbols: bytes(`
    0001020311040521310612415107617113223281081442 91a1b1c109233352f0156272d10a162434e125f11718191a26
    2728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a828384858687
    88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9da
    e2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa`),
};

/** Code and length of each symbol, as `code << 5 | length`. */
export function huffmanCodes({ counts, symbols }: HuffmanTable): Uint32Array {
  const codes = new Uint32Array(256);
  let code = 0;
  let at = 0;
  for (const [index, count] of counts.entries()) {
    for (let n = 0; n < count; n++) codes[symbols[at++] ?? 0] = (code++ << 5) | (index + 1);
    code <<= 1;
  }
  return codes;
}
