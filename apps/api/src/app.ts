import type { ApiConfig } from '#libs/config';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { AppModule } from './app.module.js';
import { ruleOf } from './http/access.guard.js';
import { refuseForeignOrigin } from './http/origin.js';
import { serveDocument } from './openapi/openapi.routes.js';

const BODY_LIMIT_BYTES = 1024 * 1024;

/** Text, JSON and playlists (HLS-D01); what a codec has compressed already is left alone. */
const WORTH_COMPRESSING = /^text\/|[/+](?:json|javascript|xml|wasm)\b|mpegurl$/;

/** The whole API, not yet listening. What a route does not allow to be kept is kept nowhere: most of it is about people. */
export async function createApi(config: ApiConfig): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    trustProxy: config.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  // A file is read by its route, once it is known who sends it.
  fastify.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const verb of [method].flat()) refuseUnlisted(verb, url);
  });
  Logger.overrideLogger(['error', 'warn']);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(config), adapter);
  await app.register(cookie);
  await app.register(compress, { threshold: 1024, encodings: ['gzip'], customTypes: WORTH_COMPRESSING });
  await app.register(helmet, { contentSecurityPolicy: { directives: contentSecurity }, hsts: config.secureCookies });
  fastify.addHook('onRequest', (request, _reply, done) => {
    refuseForeignOrigin(request, config.publicUrl);
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  if (config.screensRoot) {
    const { serveScreens } = await import('./screens.js');
    await serveScreens(fastify, config.screensRoot);
  }
  app.setGlobalPrefix('api/v1', { exclude: ['media/*path'] });
  serveDocument(app, fastify);
  app.enableShutdownHooks();
  return app;
}

/** hls.js plays from `blob:` and works in a worker from one; Mantine writes style attributes; SHA-256 is WebAssembly. */
const contentSecurity = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  mediaSrc: ["'self'", 'blob:'],
  workerSrc: ["'self'", 'blob:'],
  imgSrc: ["'self'", 'data:', 'blob:'],
  styleSrc: ["'self'", "'unsafe-inline'"],
  upgradeInsecureRequests: null,
};

/** A route that the access table does not know must not exist. */
function refuseUnlisted(method: string, url: string): void {
  const guarded = url.startsWith('/api/') || url.startsWith('/media');
  if (guarded && ruleOf(method, url) === undefined) throw new Error(`No rule in the access table for ${method} ${url}`);
}
