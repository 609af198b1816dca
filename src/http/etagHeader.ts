/** The header under which a caller may change what he has read, and nothing newer. */
export const etagHeader = ({ etag }: { readonly etag?: string | undefined }): Record<string, string> =>
  etag === undefined ? {} : { etag };
