// Runs in a decode worker thread: looks an SVG over before librsvg gets it.
import { gunzipSync } from 'node:zlib';
import { damaged, unsafe } from './media-failures.ts';

const MAX_SVG_BYTES = 64 * 1024 * 1024;
/** Drawing programs declare a few short entities for namespaces; more is an attack on memory. */
const MAX_ENTITIES = 100;
const MAX_ENTITY_CHARACTERS = 2000;

function inflated(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_SVG_BYTES });
  } catch (error) {
    throw damaged('its compressed text cannot be read within limits', error);
  }
}

function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes).swap16().toString('utf16le');
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x3c && bytes[1] === 0))
    return bytes.toString('utf16le');
  return bytes.toString('utf8');
}

/**
 * Gives back what may be rendered. It must reach the renderer as bytes: without a base address librsvg
 * loads nothing from disk or network. Entities that call others, or come from outside, are refused.
 *
 * @throws Failure MEDIA_UNSAFE, MEDIA_DAMAGED
 */
export function checkedSvg(bytes: Buffer): Buffer {
  const svg = inflated(bytes);
  if (svg.length > MAX_SVG_BYTES) throw unsafe('its text is larger than 64 MB');
  const text = textOf(svg);
  let entities = 0;
  for (const [, parameter, kind, value] of text.matchAll(
    /<!ENTITY\s+(%\s+)?[^\s"'>]+\s+(?:(SYSTEM|PUBLIC)\b|["']([^"']*)["'])/gi,
  )) {
    if (parameter !== undefined || kind !== undefined)
      throw unsafe('it asks for content from outside itself');
    if (value?.includes('&') === true || value?.includes('%') === true)
      throw unsafe('its entities call each other');
    if (++entities > MAX_ENTITIES || (value?.length ?? 0) > MAX_ENTITY_CHARACTERS)
      throw unsafe('it declares too many entities');
  }
  return svg;
}
