/* A file of its own, because the page allows no script within it. */
SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  operationsSorter: null,
  // It would send the document to somebody else's server.
  validatorUrl: null,
  // Whoever makes a link must not choose what the page shows, nor whom it calls.
  queryConfigEnabled: false,
});
