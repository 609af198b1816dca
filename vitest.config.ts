import { defineConfig } from 'vitest/config';

/** Tests of modules that keep something for a process: registered functions, patched requires, started programs. */
const ALONE = [
  'test/unit/src/functions/**/*.test.ts',
  'test/unit/emulator/functionsHost/**/*.test.ts',
  'test/unit/packaging/**/*.test.ts',
  'test/unit/smoke/**/*.test.ts',
  'test/{contract,e2e,infra,security}/**/*.test.ts',
];

// The machine they run on may be small, and many of them wait for real processes.
const limits = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // More than small machines have cores: much of the time is spent waiting for processes to start.
    maxWorkers: 4,
    projects: [
      {
        test: {
          ...limits,
          name: 'together',
          include: ['test/{unit,replay,resilience}/**/*.test.ts'],
          exclude: ALONE,
          // A fresh worker for each file would take longer than most of these files do.
          isolate: false,
        },
      },
      { test: { ...limits, name: 'alone', include: ALONE } },
    ],
  },
});
