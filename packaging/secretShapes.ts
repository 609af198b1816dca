/**
 * The last look before files leave the house. It knows the shapes in which the secrets of this project's
 * neighbourhood are written; it is a net under careful work and no replacement for it.
 */
const shapes: Readonly<Record<string, RegExp>> = {
  'a Communication Services access key': /\baccesskey=[a-z0-9+/]{20,}/i,
  'a storage account key': /accountkey=[a-z0-9+/]{20,}/i,
  'a shared access key': /sharedaccesskey=[a-z0-9+/]{20,}/i,
  'a shared access signature': /[?&]sig=[a-z0-9%+/]{20,}/i,
  'a function key': /[?&]code=[a-z0-9_-]{30,}/i,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[a-z0-9+/]{20,}/i,
  'a token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
};

/**
 * Azurite's key, which Microsoft publishes and its storage library carries for UseDevelopmentStorage=true. It opens
 * nothing but an emulator.
 */
const PUBLISHED =
  'AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** What a text holds that nobody may read; empty when nothing known is in it. Quotes none of it. */
export function secretsIn(text: string): string[] {
  const rest = text.replaceAll(PUBLISHED, '');
  return Object.entries(shapes).flatMap(([what, shape]) => (shape.test(rest) ? [what] : []));
}

const names = /(^|\/)(local\.settings[^/]*\.json|\.env[^/]*|[^/]*\.(pem|key|pfx|p12|publishsettings))$/i;

/** Whether files of this name are there to hold secrets. */
export const isNamedLikeASecret = (path: string): boolean => names.test(path);
