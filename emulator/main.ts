/** Where the emulator suite starts. What was compiled once is kept, so that the next start takes less time. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
void import('./commandLine.ts');
