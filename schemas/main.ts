/** Writes docs/schemas anew. */
import { writeFileSync } from 'node:fs';
import { folder, published, textOf } from './published.ts';

for (const [file, schema] of Object.entries(published)) {
  writeFileSync(new URL(file, folder), textOf(schema()));
  console.log(`docs/schemas/${file}`);
}
