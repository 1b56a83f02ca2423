// Compiles the kernels of this folder and writes each, as base64 in a module, to where it is used: npm run build:kernels
// With --print NAME it writes that module's text to standard output instead.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each kernel's module, by its source in this folder. */
export const KERNELS = {
  dense: 'problems/network/dense-wasm.ts',
  rbm: 'problems/rbm/rbm-wasm.ts',
  mixture: 'problems/gaussian-mixture/mixture-wasm.ts',
  topics: 'problems/topics/topics-wasm.ts',
  steps: 'src/dynamics/optimizers/steps-wasm.ts',
};

/** The generated module's text. */
export async function build(name) {
  const bytes = {};
  const { error, stderr } = await main(
    [
      `kernels/${name}.ts`,
      '--outFile',
      `${name}.wasm`,
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
    { writeFile: (file, contents) => void (bytes[file] = contents) },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const module = bytes[`${name}.wasm`];
  return (
    `// Generated from kernels/${name}.ts by \`npm run build:kernels\`: do not edit.\n\n` +
    `/** The WebAssembly module of \`kernels/${name}.ts\`, ${module.length} bytes in base64. */\n` +
    `export const ${name.toUpperCase()}_WASM =\n  '${Buffer.from(module).toString('base64')}';\n`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const print = process.argv.indexOf('--print');
  if (print > 0) process.stdout.write(await build(process.argv[print + 1] ?? 'dense'));
  else for (const [name, to] of Object.entries(KERNELS)) writeFileSync(new URL(`../${to}`, import.meta.url), await build(name));
}
