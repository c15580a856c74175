// Runs in a decode worker thread and beside it: failures of files and media, as sentences.
import { Failure } from '../../contract/index.ts';

const COPY_AGAIN = 'Copy the file again from where it came from, or restore it from a backup.';

/** A Failure for what an operation on a file threw; what is not about the file is given back as it is. */
export function fileFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const options = { cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Failure(
        'FILE_NOT_FOUND',
        'The file is no longer there.',
        'It leaves the library at the next scan.',
        options,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EIO':
    case 'EBUSY':
    case 'ESTALE':
    case 'ETIMEDOUT':
      return new Failure(
        'FILE_NOT_READABLE',
        `The file cannot be read (${code}).`,
        'Check its permissions, and that the disk it lies on is healthy and connected.',
        options,
      );
    case 'ELOOP':
    case 'EISDIR':
    case 'ENXIO':
      return notRegular('a link, a folder or a device');
    case 'ENAMETOOLONG':
    case 'EILSEQ':
      return new Failure(
        'FILE_NAME_UNUSABLE',
        'The name of the file cannot be used here.',
        'Rename the file.',
        options,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure(
        'DISK_FULL',
        'The disk that holds the library is full.',
        'Free some space.',
        options,
      );
    default:
      return error;
  }
}

export const notRegular = (what: string): Failure =>
  new Failure('FILE_NOT_REGULAR', `This is ${what}, not a file with content.`, '');

export const emptyFile = (): Failure => new Failure('FILE_EMPTY', 'The file is empty (0 bytes).', COPY_AGAIN);

export const changedWhileRead = (): Failure =>
  new Failure(
    'FILE_CHANGED_WHILE_READ',
    'The file changed while it was being read.',
    'It is tried again once it rests.',
  );

export const notSupported = (what: string): Failure =>
  new Failure(
    'MEDIA_NOT_SUPPORTED',
    what,
    'Convert it to JPEG, PNG or another common format to have it found.',
  );

export const damaged = (detail: string, cause?: unknown): Failure =>
  new Failure('MEDIA_DAMAGED', `The picture is damaged or not what it claims to be: ${detail}.`, COPY_AGAIN, {
    cause,
  });

export const truncated = (cause?: unknown): Failure =>
  new Failure('FILE_TRUNCATED', 'The file ends before the picture does.', COPY_AGAIN, { cause });

export const unsafe = (detail: string): Failure =>
  new Failure(
    'MEDIA_UNSAFE',
    `The picture was not opened, because ${detail}.`,
    'Open it with care, and only if you trust its source.',
  );

export const noPreview = (): Failure =>
  new Failure(
    'MEDIA_NO_PREVIEW',
    'This RAW file holds no preview picture that can be shown.',
    'Export a JPEG beside it, or convert it to DNG with an embedded preview.',
  );

const megapixels = (pixels: number): string => (pixels / 1e6).toFixed(pixels < 1e7 ? 1 : 0);

/** Checks a picture's size before its pixels are touched. @throws Failure MEDIA_TOO_LARGE, MEDIA_DAMAGED */
export function checkPixels(width: number, height: number, maxPixels: number): void {
  if (!(width > 0 && height > 0)) throw damaged('it says that it has no width or no height');
  if (width * height <= maxPixels) return;
  throw new Failure(
    'MEDIA_TOO_LARGE',
    `The picture has ${String(width)} x ${String(height)} pixels, ${megapixels(width * height)} megapixels; ` +
      `the limit is ${megapixels(maxPixels)} megapixels.`,
    'Make a smaller copy of it to have it found.',
  );
}
