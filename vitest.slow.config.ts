import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

// The long statistical tests, run before an issue is resolved: `npm run test:slow`.
export default defineConfig({ test: { ...base.test, include: ['test/statistical/**/*.test.ts'], exclude: [], testTimeout: 600_000 } });
