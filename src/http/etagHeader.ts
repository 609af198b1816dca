/** What may stand in the header (RFC 9110). The router's own are of this form; another one could bring a line of its own. */
const entityTag = /^(?:W\/)?"[\x21\x23-\x7e]*"$/;

/** The header under which a caller may change what he has read, and nothing newer. */
export const etagHeader = ({ etag = '' }: { readonly etag?: string | undefined }): Record<string, string> =>
  entityTag.test(etag) ? { etag } : {};
