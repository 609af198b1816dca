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
  apply: {
    about: 'how long a routing document of 1,000 objects takes, within the request quota of the service',
    run: () => import('./apply.ts').then(({ applyBench }) => applyBench()),
  },
  package: {
    about: 'size of the deployment package and how long it takes to start; what runs when no name is given',
    run: () => import('./package.ts').then(({ packageBench }) => packageBench()),
  },
} as const;

const [name = 'package', ...flags] = process.argv.slice(2);
const isQuick = flags.includes('--quick');

if (Object.hasOwn(benches, name)) {
  await benches[name as keyof typeof benches].run();
} else {
  console.error(`There is no bench "${name}". npm run bench -- <name>\n`);
  for (const [known, { about }] of Object.entries(benches)) console.error(`  ${known.padEnd(8)}${about}`);
  process.exitCode = 1;
}
