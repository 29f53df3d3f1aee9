import type { ApiConfig } from '#libs/config';
import { MAX_BATCH_BYTES } from '#libs/contracts';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { admit } from '../http/access.guard.js';
import type { Caller } from '../http/caller.js';
import { CONFIG } from '../http/config.js';
import { Credentials, SESSION_COOKIE } from '../http/credentials.js';
import { sendProblem } from '../http/problem.filter.js';
import { hashOf } from '../http/secrets.js';
import { TrackingService } from './tracking.service.js';

export const BATCHES_PATH = '/api/v1/tracking/batches';

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
 * The hottest route, on Fastify itself: what stands around a controller would cost as much as the ledger. Who sends is
 * looked up when a group of batches is opened, for all of it at once; nothing is remembered, so what is revoked is gone.
 */
@Injectable()
export class TrackingRoutes implements OnModuleInit {
  private readonly logger = new Logger('Tracking');
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly credentials: Credentials,
    private readonly tracking: TrackingService,
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
      scope.post(BATCHES_PATH, { helmet: false, compress: false }, (request, reply) => this.take(request, reply));
      done();
    });
  }

  private async take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const answer = await this.tracking.take({
      body: request.body,
      bytes: Number(request.headers['content-length'] ?? MAX_BATCH_BYTES),
      sender: hashOf(shownBy(request)),
      findCaller: () => this.callerOf(request),
    });
    return reply.headers(this.headers).send(JSON.stringify(answer));
  }

  /** @throws {DomainError} `not-signed-in`, `forbidden` */
  private async callerOf(request: FastifyRequest): Promise<Caller> {
    const caller = await this.credentials.callerOf(request);
    admit(caller, 'POST', BATCHES_PATH);
    return caller;
  }
}

const shownBy = ({ headers, cookies }: FastifyRequest): string =>
  headers.authorization ?? cookies[SESSION_COOKIE] ?? 'nobody';
