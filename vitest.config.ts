import { defineConfig } from 'vitest/config';
import { scannersForVite } from './scripts/compile-scanner.mjs';

export default defineConfig({
  plugins: [scannersForVite],
  test: {
    globalSetup: ['vitest.folder.ts'],
    setupFiles: ['vitest.setup.ts'],
    include: ['{shared,recorder,viewer,cli}/src/**/*.test.ts'],
    // Machines are slow and shared: a test that hangs is found, a slow one is not punished.
    testTimeout: 30_000,
    retry: process.env.CI ? 1 : 0,
  },
});
