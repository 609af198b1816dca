import { defineConfig } from 'vitest/config';

/** Tests of modules that keep something for a process: registered functions, patched requires, started programs. */
const ALONE = [
  'test/unit/emulator/functionsHost/**/*.test.ts',
  'test/unit/packaging/**/*.test.ts',
  'test/unit/smoke/**/*.test.ts',
  'test/infra/**/*.test.ts',
];

/** Tests of the built app, in processes of its own. */
const WHOLE = ['test/{contract,e2e,security}/**/*.test.ts'];

/** Tests of functions as they are registered. */
const FUNCTIONS = ['test/unit/src/functions/**/*.test.ts'];

/** No answer of the app gets past these, so that none is left out of docs/openapi.json. */
const watch = {
  endpoints: 'test/support/openApi/watchEndpoints.ts',
  app: 'test/support/openApi/watchFetch.ts',
};

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
          exclude: [...ALONE, ...FUNCTIONS],
          setupFiles: [watch.endpoints],
          // A fresh worker for each file would take longer than most of these files do.
          isolate: false,
        },
      },
      { test: { ...limits, name: 'functions', include: FUNCTIONS, setupFiles: [watch.endpoints] } },
      { test: { ...limits, name: 'alone', include: ALONE } },
      {
        test: {
          ...limits,
          name: 'whole',
          include: WHOLE,
          setupFiles: [watch.app],
          // The app they look at is in another process.
          isolate: false,
        },
      },
    ],
  },
});
