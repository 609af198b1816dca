/** What stands above the operations, in Markdown. */
export const about = `\
Jobs, workers, queues and routing of an Azure Communication Services Job Router, as this function app offers them.

**Keys.** Operations ask for a key of the function app, in the header \`x-functions-key\` or as the parameter \`code\`. Where
sign-in is on, a token with one of the app roles that the operation names is needed as well.

**Refusals** are problem details ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)): compare \`type\`, show \`detail\`, and find
everything that is wrong with the request in \`errors\`. What Job Router says is translated: 502 means that it turned the app
away, 503 that it does not answer now, with \`Retry-After\` where a time is known.

**Sent again.** When an answer was lost, a job is submitted once all the same if it has an id or the request an
\`Idempotency-Key\`; a routing document may be sent as often as you like.

**Limits.** A body has at most 1,000,000 bytes of UTF-8, a request at most 1,000 jobs, a page of a list at most 100 entries.
`;
