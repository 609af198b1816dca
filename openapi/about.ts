/** What stands above the operations, in Markdown. */
export const about = `\
Jobs, workers, queues and routing of an Azure Communication Services Job Router, as this function app offers them.

**Refusals** are problem details ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)): compare \`type\`, show \`detail\`, and find
everything that is wrong with the request in \`errors\`. What Job Router says is translated: 502 means that it turned the app
away, 503 that it does not answer now, with \`Retry-After\` where a time is known.

**Limits**: a body has at most 1,000,000 bytes. Strings are UTF-8.
`;
