/** Prints the size of the bundle and how long a fresh process takes to load it: what a cold start is made of. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { quantile } from './quantile.ts';

const RUNS = 15;
const bundle = fileURLToPath(new URL('../dist/app.cjs', import.meta.url));

/** Milliseconds for `require` of the bundle in a process of its own; the library's test-mode warnings are dropped. */
function loadOnce(): number {
  const script = `
    console.warn = () => {};
    const start = performance.now();
    require(${JSON.stringify(bundle)});
    process.stdout.write(String(performance.now() - start));
    process.exit();`;
  return Number(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

export function appBench(): void {
  execFileSync(process.execPath, ['build.ts'], { stdio: 'inherit' });
  loadOnce();
  const loads = Array.from({ length: RUNS }, loadOnce);
  console.log(`dist/app.cjs   ${(statSync(bundle).size / 1e6).toFixed(2)} MB`);
  console.log(
    `module load    median ${quantile(loads, 0.5).toFixed(0)} ms, slowest ${quantile(loads, 1).toFixed(0)} ms of ${RUNS} runs`,
  );
  console.log(`Node           ${process.version}`);
}
