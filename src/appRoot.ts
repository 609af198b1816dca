import { resolve } from 'node:path';

/** The folder that holds host.json: the parent of src, and of dist once bundled. */
export const appRoot = resolve(import.meta.dirname, '..');
