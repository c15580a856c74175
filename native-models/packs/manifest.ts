// Runs on any thread: the form of a pack's manifest.json, and reading one.
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { z } from 'zod';
import { Failure, PackId } from '../../contract/index.ts';
import type { ImageInput, RelevanceCurves } from '../../library/ports.ts';

/** The newest manifest this version of Afterimage understands. */
export const MANIFEST_VERSION = 1;
export const MANIFEST_NAME = 'manifest.json';

/** Relative, `/`-separated, inside the pack's folder whatever the platform. */
const InsidePath = z
  .string()
  .min(1)
  .refine(
    (path) =>
      !path.includes('\\') &&
      !/^[a-z]:/i.test(path) &&
      !posix.isAbsolute(path) &&
      !path.includes('\0') &&
      path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    { error: 'must be a relative path inside the pack, with / between folders and no ..' },
  );

const ExtraInput = z.object({
  name: z.string().min(1),
  type: z.enum(['float32', 'int64', 'int32']),
  shape: z.array(z.union([z.int().min(0), z.literal('batch')])),
  fill: z.number().default(0),
});
export type ExtraInput = z.infer<typeof ExtraInput>;

const Triple = z.tuple([z.number(), z.number(), z.number()]);

const ImageBlock = z
  .object({
    model: InsidePath,
    input: z.string().min(1),
    output: z.string().min(1),
    size: z.int().min(8).max(2048),
    resize: z.enum(['shortest-edge', 'exact', 'longest-edge']),
    interpolation: z.enum(['bicubic', 'bilinear', 'lanczos', 'nearest']),
    crop: z.enum(['center', 'none']),
    rescale: z.number().positive(),
    mean: Triple,
    std: Triple.refine((std) => std.every((value) => value !== 0), { error: 'must not hold 0' }),
    layout: z.literal('nchw').default('nchw'),
    channels: z.literal('rgb').default('rgb'),
    alpha: z.enum(['drop', 'white']).default('white'),
    colour: z.enum(['as-stored', 'srgb']).default('srgb'),
    extraInputs: z.array(ExtraInput).default([]),
  })
  .refine((image) => image.resize !== 'shortest-edge' || image.crop === 'center', {
    path: ['crop'],
    error: 'must be "center" with resize "shortest-edge": the model takes a square',
  });

const TextBlock = z.object({
  model: InsidePath,
  inputs: z.object({
    ids: z.string().min(1),
    mask: z.string().min(1).optional(),
    typeIds: z.string().min(1).optional(),
  }),
  output: z.string().min(1),
  idsType: z.enum(['int64', 'int32']),
  contextLength: z.int().min(2).max(8192),
  padding: z.enum(['max-length', 'longest']),
  padToken: z.string(),
  tokenizer: InsidePath,
  tokenizerConfig: InsidePath,
  lowercase: z.boolean().default(false),
  extraInputs: z.array(ExtraInput).default([]),
});

const Curve = z.object({ slope: z.number().positive(), middle: z.number() });

/** What every pack says of itself, whatever its family. */
const common = {
  manifestVersion: z.literal(MANIFEST_VERSION),
  id: PackId,
  name: z.string().min(1),
  version: z.string().min(1),
  /** BCP 47, or `*` for many. */
  languages: z.array(z.string().min(1)).min(1),
  license: z.string(),
  source: z.string().default(''),
  files: z
    .array(z.object({ path: InsidePath, bytes: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .min(1),
};

/** The manifest of an encoder, see docs/packs.md. Unknown fields are kept out, not refused. */
export const Manifest = z
  .object({
    ...common,
    family: z.literal('dual-encoder'),
    dimensions: z.int().min(1).max(8192),
    truncateDimensions: z.int().min(1).optional(),
    image: ImageBlock,
    text: TextBlock,
    normalize: z.boolean().default(true),
    logitScale: z.number().positive(),
    logitBias: z.number().default(0),
    promptTemplates: z
      .record(z.string(), z.array(z.string().includes('{}', { error: 'must hold {} where the query goes' })))
      .default({}),
    relevance: z.object({ textToPicture: Curve, pictureToPicture: Curve, textToText: Curve }).optional(),
  })
  .superRefine((manifest, context) => {
    const listed = new Set(manifest.files.map((file) => file.path));
    const needed = {
      'image.model': manifest.image.model,
      'text.model': manifest.text.model,
      'text.tokenizer': manifest.text.tokenizer,
      'text.tokenizerConfig': manifest.text.tokenizerConfig,
    };
    for (const [field, path] of Object.entries(needed))
      if (!listed.has(path))
        context.addIssue({
          code: 'custom',
          path: field.split('.'),
          message: `"${path}" is not listed in files`,
        });
    const truncated = manifest.truncateDimensions;
    if (truncated !== undefined && truncated !== manifest.dimensions)
      context.addIssue({
        code: 'custom',
        path: ['truncateDimensions'],
        message: `must equal dimensions (${String(manifest.dimensions)}): that many are kept`,
      });
  });
export type Manifest = z.infer<typeof Manifest>;

/** The manifest of a recogniser of speech, see docs/packs.md. */
const SpeechManifest = z
  .object({
    ...common,
    family: z.literal('speech'),
    /** A Whisper model in the form of whisper.cpp (ggml). */
    speech: z.object({ model: InsidePath }),
  })
  .refine(({ files, speech }) => files.some((file) => file.path === speech.model), {
    path: ['speech', 'model'],
    error: 'is not listed in files',
  });
export type SpeechManifest = z.infer<typeof SpeechManifest>;

/** A pack's manifest.json, of whichever family. */
export type PackManifest = Manifest | SpeechManifest;

/**
 * Checks a manifest's text.
 *
 * @throws Failure PACK_TOO_NEW or PACK_MANIFEST_INVALID, naming the field
 */
export function parseManifest(text: string): PackManifest {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
  const version = z.object({ manifestVersion: z.number() }).safeParse(data);
  if (version.success && version.data.manifestVersion > MANIFEST_VERSION)
    throw new Failure(
      'PACK_TOO_NEW',
      `This pack is made for a newer Afterimage: manifestVersion is ${String(version.data.manifestVersion)}, this one reads ${String(MANIFEST_VERSION)}.`,
      'Update Afterimage, or take an older version of the pack.',
    );
  const family = z.object({ family: z.unknown() }).safeParse(data).data?.family;
  const parsed = family === 'speech' ? SpeechManifest.safeParse(data) : Manifest.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(issue === undefined ? 'it has the wrong form' : `${issue.path.join('.')}: ${issue.message}`);
}

function invalid(detail: string): Failure {
  return new Failure(
    'PACK_MANIFEST_INVALID',
    `The pack's manifest.json cannot be used: ${detail}.`,
    'Correct the manifest, or get the pack again.',
  );
}

/** Reads `manifest.json` of a folder. Throws Failure PACK_FILE_MISSING, PACK_TOO_NEW or PACK_MANIFEST_INVALID. */
export async function readManifest(folder: string): Promise<PackManifest> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST_NAME), 'utf8');
  } catch (error) {
    throw new Failure(
      'PACK_FILE_MISSING',
      `There is no readable manifest.json in ${folder}.`,
      'Choose the folder of a pack: it holds a manifest.json.',
      { cause: error },
    );
  }
  return parseManifest(text);
}

/** The part of the image block that decoders need. */
export function imageInputOf({ image }: Manifest): ImageInput {
  return {
    size: image.size,
    resize: image.resize,
    interpolation: image.interpolation,
    crop: image.crop,
    // `longest-edge` pads with 0 before mean and std (docs/packs.md), at the top left as HF processors do.
    padding: { rgb: [0, 0, 0], centred: false },
    alpha: image.alpha,
    colour: image.colour,
  };
}

export function curvesOf(manifest: Manifest): RelevanceCurves | null {
  return manifest.relevance ?? null;
}
