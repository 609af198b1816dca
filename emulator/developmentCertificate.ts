import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { generate } from 'selfsigned';

const DAYS_VALID = 30;
const MILLISECONDS_A_DAY = 24 * 60 * 60 * 1000;

export interface DevelopmentCertificate {
  /** PEM. The private key never leaves the process. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
  /** Where `cert` was written, for clients that must be told to trust it (NODE_EXTRA_CA_CERTS). */
  readonly path: string;
}

/**
 * Makes a fresh certificate for localhost, 127.0.0.1 and ::1 and writes its public part to `path`. It is its own
 * authority: trusting this one file trusts this one emulator and nothing else.
 */
export async function makeDevelopmentCertificate(path: string, now: Date): Promise<DevelopmentCertificate> {
  const made = await generate([{ name: 'commonName', value: 'Job Router emulator' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - MILLISECONDS_A_DAY),
    notAfterDate: new Date(now.getTime() + DAYS_VALID * MILLISECONDS_A_DAY),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  const absolute = resolve(path);
  await mkdir(dirname(absolute), { recursive: true });
  await writeFile(absolute, made.cert);
  return { key: made.private, cert: made.cert, path: absolute };
}
