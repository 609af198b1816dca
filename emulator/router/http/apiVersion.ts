import { Refusal } from './refusal.ts';

/** What the service announces on every answer (recorded in 2024). */
export const ANNOUNCED_VERSIONS =
  '2021-04-07-preview1, 2022-07-18-preview, 2023-08-25-preview, 2023-11-01, 2024-01-18-preview';

/** What the emulator speaks; the older previews have other shapes. */
const SPOKEN_VERSIONS: readonly string[] = ['2023-11-01', '2024-01-18-preview'];

/** Where we guessed: 400 for a version that is missing or not spoken. */
export function checkApiVersion(query: URLSearchParams): void {
  const version = query.get('api-version');
  if (version !== null && SPOKEN_VERSIONS.includes(version)) return;
  const problem =
    version === null ? 'The api-version is missing.' : `The api-version "${version}" is not supported.`;
  throw new Refusal(400, `${problem} Supported are ${SPOKEN_VERSIONS.join(' and ')}.`);
}
