/** `job-router`: reads the words and hands over. What was compiled once is kept, so that the next start takes less time. */
import { enableCompileCache } from 'node:module';

enableCompileCache();

// Whoever reads our output may stop reading, as `head` does. What was begun is done to its end all the same, and its exit
// code tells how it went.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Whoever launched this process may be killed without a word; nobody could stop it any more. Waiting for that keeps no
// command from ending.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

const { createProgram } = await import('./program.ts');
await createProgram().parseAsync();
