/** Writes docs/openapi.json anew. */
import { writeFileSync } from 'node:fs';
import { documentFile, documentText } from './document.ts';

writeFileSync(documentFile, documentText());
console.log('docs/openapi.json');
