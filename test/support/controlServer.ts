import { type JsonRoutes, jsonSurface } from '../../emulator/http/jsonSurface.ts';
import { createHttpServer, type HttpServer } from '../../emulator/http/server.ts';

/** A server with nothing but these routes, under the prefix they have in the emulator. */
export function controlServer(routes: (app: JsonRoutes) => void): HttpServer {
  const surface = jsonSurface({ prefix: '/_emulator', routes: [routes] });
  return createHttpServer({ surfaces: [surface], elsewhere: surface });
}
