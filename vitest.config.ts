import { defineConfig } from 'vitest/config';

// Tests import the build (`lehr`, `#src/…`): what is tested is what ships, at full speed, with one copy of each class.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/statistical/**'],
    globalSetup: ['./test/build.ts'],
    server: { deps: { external: [/\/dist\//] } },
    execArgv: ['--enable-source-maps'],
    // Vitest alone would leave a core to whoever watches; most tests wait for other processes.
    maxWorkers: '100%',
    testTimeout: 60_000,
  },
});
