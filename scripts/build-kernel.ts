// Runs as `npm run build:kernel`: turns library/search/vectors/kernel.wat into bytes that are loaded without a build step.
import { readFileSync, writeFileSync } from 'node:fs';
import loadWabt from 'wabt';
import { argv } from 'node:process';

const source = new URL('../library/search/vectors/kernel.wat', import.meta.url);
const target = new URL('../library/search/vectors/kernel-bytes.ts', import.meta.url);

/** The WebAssembly of kernel.wat. */
export async function kernelBytes(): Promise<Buffer> {
  const wabt = await loadWabt();
  const parsed = wabt.parseWat('kernel.wat', readFileSync(source, 'utf8'), { simd: true });
  parsed.validate();
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return Buffer.from(buffer);
}

if (import.meta.url === `file://${argv[1] ?? ''}`) {
  const text = (await kernelBytes()).toString('base64').match(/.{1,100}/g) ?? [];
  const lines = text.map((line) => `  '${line}'`).join(' +\n');
  writeFileSync(
    target,
    `// Written by scripts/build-kernel.ts from kernel.wat; not to be edited. WebAssembly, base64.\n\nexport const kernelBase64 =\n${lines};\n`,
  );
}
