import fastifyStatic from '@fastify/static';
import { DomainError } from '#libs/domain';
import type { FastifyInstance } from 'fastify';
import { join } from 'node:path';

/** Vite names what it bundles by content, under assets/; everything else is asked for anew. */
const cacheControl = (path: string) => (path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');

/** Serves the player at `/` and the console at `/console/`; a path that is no file is a screen of theirs. */
export async function serveScreens(fastify: FastifyInstance, screensRoot: string): Promise<void> {
  await serve(fastify, join(screensRoot, 'console'), '/console/');
  await serve(fastify, join(screensRoot, 'player'), '/');
}

async function serve(fastify: FastifyInstance, root: string, prefix: string): Promise<void> {
  await fastify.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root,
      prefix,
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, path) => void reply.header('cache-control', cacheControl(path)),
    });
    scope.get(`${prefix}*`, (request, reply) => {
      if (/^\/(api|media)\//.test(request.url)) throw new DomainError('not-found', 'There is no such route.');
      return reply.header('cache-control', 'no-cache').sendFile('index.html');
    });
  });
}
