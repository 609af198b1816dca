/** `job-router`: reads the words and hands over. What was compiled once is kept, so that the next start takes less time. */
import { enableCompileCache } from 'node:module';

enableCompileCache();

// Whoever reads our output may stop reading, as `head` does; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const { createProgram } = await import('./program.ts');
await createProgram().parseAsync();
