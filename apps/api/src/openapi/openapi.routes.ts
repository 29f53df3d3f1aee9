import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { documentOf } from './document.js';

/** Serves the document from a plain route: what describes the application stands outside it. Made when first asked for. */
export function serveDocument(app: INestApplication, fastify: FastifyInstance): void {
  let document: OpenAPIObject | undefined;
  fastify.get('/api/v1/openapi.json', (_request, reply) => {
    document ??= documentOf(app);
    return reply.header('cache-control', 'no-cache').send(document);
  });
}
