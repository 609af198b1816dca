/**
 * Admits whoever shows a token that Microsoft Entra issued to Event Grid for this webhook. The token is signed; the
 * keys it is checked with are fetched from the issuer, kept, and fetched again when one is not among them.
 *
 * The claims are those of Microsoft's "Secure WebHook delivery with Microsoft Entra ID": the audience is the
 * application of the webhook, the caller is Event Grid's own, and it holds the role that application gave it.
 */
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { messageOf } from '../input/messageOf.ts';
import type { EntraTokenSettings } from '../settings/webhookSettings.ts';
import type { Admission, Guard } from './guard.ts';

const SUBSCRIBER_ROLE = 'AzureEventGridSecureWebhookSubscriber';

/** How far the issuer's clock and ours may differ. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** A slow issuer must not use up the time in which Event Grid wants its answer. */
const KEYS_LIMIT_MILLISECONDS = 5_000;

/** `appid` in tokens of version 1, `azp` in those of version 2. */
const claims = z.object({
  appid: z.string().optional(),
  azp: z.string().optional(),
  roles: z.array(z.string()).optional(),
});

/** A guard that looks for the token in the Authorization header. */
export function entraTokenGuard(settings: EntraTokenSettings, clock: Clock): Guard {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (headers) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(headers.get('authorization')?.trim() ?? '') ?? [];
    if (token === undefined) return refused('without a bearer token');
    keys ??= openKeys(settings);
    const { jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, await keys, {
        algorithms: ['RS256'],
        issuer: issuersOf(settings),
        audience: [...settings.audiences],
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: clock.now(),
      });
      return judge(payload, settings);
    } catch (problem) {
      return refused(`with a token that does not hold: ${messageOf(problem)}`);
    }
  };
}

async function openKeys({ authority, tenantId }: EntraTokenSettings): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet } = await import('jose');
  return createRemoteJWKSet(new URL(`${authority}/${tenantId}/discovery/v2.0/keys`), {
    timeoutDuration: KEYS_LIMIT_MILLISECONDS,
  });
}

/** The issuer of tokens of version 1 has an address of its own, those of version 2 come from the authority. */
const issuersOf = ({ authority, tenantId }: EntraTokenSettings): string[] => [
  `https://sts.windows.net/${tenantId}/`,
  `${authority}/${tenantId}/v2.0`,
];

function judge(payload: JWTPayload, { callers }: EntraTokenSettings): Admission {
  const read = claims.safeParse(payload);
  if (!read.success) return refused('with a token whose claims cannot be read');
  const { appid, azp, roles } = read.data;
  const caller = azp ?? appid;
  if (caller === undefined || !callers.includes(caller)) {
    return refused('with a token of an application that may not call');
  }
  // Where we guessed: a token without roles is of an application that defines none. One that has roles must have this.
  if (roles !== undefined && !roles.includes(SUBSCRIBER_ROLE)) {
    return refused(`with a token without the role ${SUBSCRIBER_ROLE}`);
  }
  return { kind: 'admitted' };
}

const refused = (why: string): Admission => ({ kind: 'refused', why });
