/** Writes docs/schemas anew, and the part of docs/command-line.md that the commands say of themselves. */
import { readFileSync, writeFileSync } from 'node:fs';
import { folder, published, textOf } from './published.ts';
import { referenceFile, withReference } from './reference.ts';

for (const [file, schema] of Object.entries(published)) {
  writeFileSync(new URL(file, folder), textOf(schema()));
  console.log(`docs/schemas/${file}`);
}
writeFileSync(referenceFile, withReference(readFileSync(referenceFile, 'utf8')));
console.log('docs/command-line.md');
