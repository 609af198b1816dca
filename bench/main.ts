/** Runs one bench by its name: `npm run bench -- engine`. Each prepares what it needs. */
const benches = {
  engine: {
    about: 'job lives per second and the time of one match, as queues grow, beside a naive scan; --quick',
    run: () => import('./engine.ts').then(({ engineBench }) => engineBench(isQuick)),
  },
  router: {
    about: 'start-up, memory and operations per second of the emulator, beside Azurite; --quick',
    run: () => import('./router.ts').then(({ routerBench }) => routerBench(isQuick)),
  },
  app: {
    about: 'size and load time of the bundled function app',
    run: () => import('./app.ts').then(({ appBench }) => appBench()),
  },
} as const;

const [name, ...flags] = process.argv.slice(2);
const isQuick = flags.includes('--quick');

if (name !== undefined && Object.hasOwn(benches, name)) {
  await benches[name as keyof typeof benches].run();
} else {
  console.log('npm run bench -- <name>\n');
  for (const [known, { about }] of Object.entries(benches)) console.log(`  ${known.padEnd(8)}${about}`);
  process.exitCode = name === undefined ? 0 : 1;
}
