import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The end-to-end tests start real processes; the machine they run on may be small.
    testTimeout: 15_000,
    hookTimeout: 30_000,
  },
});
