/** Where the emulator suite starts. What was compiled once is kept, so that the next start takes half the time. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./commandLine.ts');
