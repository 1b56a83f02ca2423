// Compiles kernels/dense.ts and writes it, as base64 in a module, to problems/network/dense-wasm.ts: npm run build:kernels
// With --print it writes the module's text to standard output instead.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The generated module's text. */
export async function build() {
  const bytes = {};
  const { error, stderr } = await main(
    [
      'kernels/dense.ts',
      '--outFile',
      'dense.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      '--enable',
      'simd',
      '--baseDir',
      root,
    ],
    { writeFile: (name, contents) => void (bytes[name] = contents) },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const text = Buffer.from(bytes['dense.wasm']).toString('base64');
  return (
    '// Generated from kernels/dense.ts by `npm run build:kernels`: do not edit.\n\n' +
    `/** The WebAssembly module of \`kernels/dense.ts\`, ${bytes['dense.wasm'].length} bytes in base64. */\n` +
    `export const DENSE_WASM =\n  '${text}';\n`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await build();
  if (process.argv.includes('--print')) process.stdout.write(text);
  else writeFileSync(new URL('../problems/network/dense-wasm.ts', import.meta.url), text);
}
