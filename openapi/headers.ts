/** Headers of requests and answers. */
import * as z from 'zod';

const etag = z.string().describe('Of the resource as it is now: for `If-Match`.');

/** Where a resource is shown. A router that sends no ETag has none handed on. */
export const withEtag = z.object({ ETag: etag.optional() });

/** For changes. */
export const ifMatch = z.object({
  'If-Match': z.string().optional().meta({
    description:
      'The ETag of what you have read: nothing newer is changed. Left out: whatever is there is changed.',
    example: '"17c4a2"',
  }),
});

/** For what creates. */
export const idempotencyKey = z.object({
  'Idempotency-Key': z.string().optional().meta({
    description:
      'Names this request: sent again with the same body, it finds the jobs of the first time. At most 255 visible ASCII characters.',
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  }),
});

/** Where a list goes on. */
export const link = z.object({
  Link: z.string().optional().describe('The next page (RFC 8288): `<…>; rel="next"`.'),
});
