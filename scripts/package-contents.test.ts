// Runs under Vitest: what counts as a fault in what a packaged app holds.
import { expect, test } from 'vitest';
import { missingParts, packagingFaults, sizesByPart, type PackagedFile } from './package-contents.ts';

const file = (path: string, where: PackagedFile['where'], bytes = 10): PackagedFile => ({
  path,
  bytes,
  where,
});
const whole: readonly PackagedFile[] = [
  file('dist/main/main.js', 'archive'),
  file('node_modules/better-sqlite3/prebuilds/linux-x64.node', 'unpacked'),
  file('node_modules/sqlite-vec-linux-x64/vec0.so', 'unpacked'),
  file('node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node', 'unpacked'),
  file('node_modules/@img/sharp-linux-x64/lib/sharp.node', 'unpacked'),
  file('built-in/centernet.onnx', 'resource', 8_000_000),
];
const faultsOf = (...more: PackagedFile[]) => packagingFaults([...whole, ...more], 'linux', 'x64');

test('a whole app has no fault', () => {
  expect(faultsOf()).toEqual([]);
});

test.each([
  ['is inside the archive', file('node_modules/other/other.node', 'archive')],
  ['is inside the archive', file('dist/bin/ffmpeg', 'archive')],
  ['is for another machine', file('node_modules/onnxruntime-node/bin/napi-v6/win32/x64/x.dll', 'unpacked')],
  ['is there twice', file('dist/centernet.onnx', 'unpacked', 8_000_000)],
  ['is under the GPL', file('node_modules/@ffmpeg-installer/linux-x64/ffmpeg', 'unpacked')],
  ['is under the GPL', file('node_modules/@ffprobe-installer/linux-x64/ffprobe', 'unpacked')],
])('%s: %o', (said, wrong) => {
  expect(faultsOf(wrong)).toEqual([`${wrong.path} ${said}`]);
});

test('what is missing is named', () => {
  expect(packagingFaults([], 'linux', 'x64')).toHaveLength(5);
  expect(missingParts([])).toHaveLength(5);
  const brought = ['ffmpeg/ffmpeg', 'ffmpeg/ffprobe', 'ffmpeg/LICENSE', 'packs/tinyclip/manifest.json'];
  expect(missingParts([...brought, 'whisper/whisper'].map((path) => file(path, 'resource')))).toEqual([]);
  expect(missingParts(brought.map((path) => file(path, 'archive')))).toHaveLength(5);
});

test('sizes are told by part, the largest first', () => {
  expect(sizesByPart(whole)[0]).toEqual(['built-in/centernet.onnx', 8_000_000]);
});
