import { Refusal } from './refusal.ts';

/** What the service announces on every answer (recorded in 2024). */
export const ANNOUNCED_VERSIONS =
  '2021-04-07-preview1, 2022-07-18-preview, 2023-08-25-preview, 2023-11-01, 2024-01-18-preview';

/** What the emulator speaks; the older previews have other shapes. */
const SPOKEN_VERSIONS = ['2023-11-01', '2024-01-18-preview'] as const;
export type ApiVersion = (typeof SPOKEN_VERSIONS)[number];

/** The version a request asks for. Where we guessed: 400 for one that is missing or not spoken. */
export function apiVersionOf(query: URLSearchParams): ApiVersion {
  const wanted = query.get('api-version');
  const version = SPOKEN_VERSIONS.find((spoken) => spoken === wanted);
  if (version !== undefined) return version;
  const problem =
    wanted === null ? 'The api-version is missing.' : `The api-version "${wanted}" is not supported.`;
  throw new Refusal(400, `${problem} Supported are ${SPOKEN_VERSIONS.join(' and ')}.`);
}
