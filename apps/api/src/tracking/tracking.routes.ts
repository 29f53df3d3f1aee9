import type { ApiConfig } from '#libs/config';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../http/config.js';
import { SESSION_COOKIE } from '../http/credentials.js';
import { sendProblem } from '../http/problem.filter.js';
import { BATCHES_PATH } from './ingest-desk.js';
import { IngestThread } from './ingest-thread.js';

/** What an answer that no browser ever shows as a page needs (OWASP REST security): made once, not for each request. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'application/json; charset=utf-8',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};
const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/**
 * The hottest route, on Fastify itself: what stands around a controller would cost as much as the ledger. Its body is handed
 * on as it came; to read it is the work of those who judge it.
 */
@Injectable()
export class TrackingRoutes implements OnModuleInit {
  private readonly logger = new Logger('Tracking');
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly thread: IngestThread,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.headers = config.secureCookies ? { ...HEADERS, ...HSTS } : HEADERS;
  }

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope, _options, done) => {
      scope.setErrorHandler((error, request, reply) => {
        void reply.headers(this.headers);
        sendProblem(error, request, reply, this.logger);
      });
      scope.removeContentTypeParser('application/json');
      scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) =>
        parsed(null, body),
      );
      scope.post(BATCHES_PATH, { helmet: false, compress: false }, (request, reply) => this.take(request, reply));
      done();
    });
  }

  private async take({ headers, body, cookies }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const length = headers['content-length'];
    const text = await this.thread.take({
      body: typeof body === 'string' ? body : '',
      bytes: length === undefined ? undefined : Number(length),
      authorization: headers.authorization,
      session: cookies[SESSION_COOKIE],
    });
    return reply.headers(this.headers).send(text);
  }
}
