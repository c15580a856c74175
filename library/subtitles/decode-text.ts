// Runs on the engine's thread: bytes of a text in any encoding as a string. The one module that knows chardet.
import { analyse } from 'chardet';

/** As much of a text as tells its encoding. */
const LOOK_BYTES = 64 * 1024;

/** Names that chardet gives and the WHATWG encoding standard, which TextDecoder follows, does not know. */
const renamed: Readonly<Record<string, string>> = {
  'ISO-8859-8-I': 'iso-8859-8-i',
  'UTF-32LE': '',
  'UTF-32BE': '',
};

/**
 * Byte order marks first, then UTF-8 where it is one without fault, then UTF-16 by its zeros; what is left is
 * guessed by the frequencies of letters. Subtitles are old: EUC-KR, Shift-JIS, Windows-1252 are everyday.
 */
export function decodeText(bytes: Uint8Array): string {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodedAs('utf-8', bytes) ?? '';
  if (a === 0xff && b === 0xfe) return decodedAs('utf-16le', bytes) ?? '';
  if (a === 0xfe && b === 0xff) return decodedAs('utf-16be', bytes) ?? '';
  const zeros = zerosIn(bytes);
  if (zeros !== null) return decodedAs(zeros, bytes) ?? '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8.
  }
  const guesses = analyse(letters(bytes.subarray(0, LOOK_BYTES)));
  for (const { name } of guesses) {
    const text = decodedAs(renamed[name] ?? name, bytes);
    if (text !== null && !text.includes('\uFFFD')) return text;
  }
  return decodedAs('windows-1252', bytes) ?? '';
}

/** Times and tags are ASCII in every encoding and would outweigh the text, of which there is little. */
function letters(bytes: Uint8Array): Uint8Array {
  const kept = bytes.filter(
    (byte) => byte >= 0x80 || byte === 0x20 || byte === 0x0a || (byte >= 0x41 && byte <= 0x7a),
  );
  return kept.length === 0 ? bytes : kept;
}

/** UTF-16 without a mark: ASCII in it (digits, colons) has a zero in every second byte. */
function zerosIn(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const look = bytes.subarray(0, LOOK_BYTES);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < look.length; i++) {
    if (look[i] !== 0) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  const enough = look.length / 8;
  if (odd > enough && even < odd / 8) return 'utf-16le';
  return even > enough && odd < even / 8 ? 'utf-16be' : null;
}

function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return null;
  }
}
