import type { ApiConfig } from '#libs/config';
import type { Upload } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { admit } from '../http/access.guard.js';
import { CONFIG } from '../http/config.js';
import { Credentials } from '../http/credentials.js';
import { sendProblem } from '../http/problem.filter.js';
import { CHECKSUM_ALGORITHMS } from './checksum.js';
import { Chunks } from './chunks.service.js';
import { TerminatedUploads } from './terminated-uploads.service.js';
import {
  assertContent,
  assertVersion,
  bytesOf,
  methodOf,
  readAnnouncement,
  TUS_EXTENSIONS,
  TUS_VERSION,
} from './tus-headers.js';
import { TusService, UPLOADS_PATH } from './tus.service.js';
import { assertUsable, UploadAccess } from './upload-access.service.js';
import { discard } from './upload-body.js';

const CORS = {
  'access-control-allow-methods': 'POST, HEAD, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers':
    'Authorization, Content-Type, Tus-Resumable, Upload-Checksum, Upload-Defer-Length, Upload-Length, Upload-Metadata, ' +
    'Upload-Offset, X-HTTP-Method-Override, X-Request-ID, X-Requested-With',
};
const EXPOSED =
  'Location, Tus-Checksum-Algorithm, Tus-Extension, Tus-Max-Size, Tus-Resumable, Tus-Version, Upload-Defer-Length, ' +
  'Upload-Expires, Upload-Length, Upload-Metadata, Upload-Offset';

/**
 * tus 1.0.0 on Fastify itself: bodies are streams of any length, read by nobody before. What `@tus/server` leaves out of
 * the protocol (versions, content types, method override, checksums, the offset in a conflict) is done here.
 */
@Injectable()
export class TusRoutes implements OnModuleInit {
  private readonly logger = new Logger('Uploads');

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly credentials: Credentials,
    private readonly access: UploadAccess,
    private readonly chunks: Chunks,
    private readonly terminated: TerminatedUploads,
    private readonly tus: TusService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onSend', (request, reply, _payload, done) => {
      if (request.url.startsWith(UPLOADS_PATH)) nameVersion(reply);
      done();
    });
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
      scope.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, this.logger));
      scope.addHook('onResponse', (request, _reply, after) => {
        discard(request.raw);
        after();
      });
      for (const url of [UPLOADS_PATH, `${UPLOADS_PATH}/:id`]) {
        scope.options(url, (_request, reply) => this.capabilities(reply));
        scope.post(url, (request, reply) => this.handle(request, reply));
      }
      scope.route({
        method: ['HEAD', 'PATCH', 'DELETE'],
        url: `${UPLOADS_PATH}/:id`,
        handler: (request, reply) => this.handle(request, reply),
      });
      done();
    });
  }

  private capabilities(reply: FastifyReply): FastifyReply {
    return reply
      .headers({
        ...CORS,
        'tus-version': TUS_VERSION,
        'tus-extension': TUS_EXTENSIONS,
        'tus-max-size': this.config.uploadMaxBytes,
        'tus-checksum-algorithm': CHECKSUM_ALGORITHMS.join(','),
      })
      .send();
  }

  private async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const method = methodOf(request.method, request.headers);
    const { id } = request.params as { id?: string };
    request.caller = await this.credentials.callerOf(request);
    admit(request.caller, method, request.routeOptions.url ?? '');
    assertVersion(request.headers);
    assertContent(method, request.headers);
    if (method === 'POST' && id === undefined) return this.create(request, reply);
    if (id === undefined || !['HEAD', 'PATCH', 'DELETE'].includes(method)) {
      throw new DomainError('method-not-allowed', `${method} cannot be done here.`);
    }
    const upload = await this.access.own(request.caller, id);
    assertUsable(upload);
    if (method === 'HEAD') return this.tell(upload, reply);
    return method === 'PATCH' ? this.append(request, upload, reply) : this.terminate(upload, reply);
  }

  private async create(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { caller = { kind: 'nobody' }, headers } = request;
    const announced = readAnnouncement(headers);
    await this.access.requireWelcome(caller, announced);
    return this.chunks.receive(request.raw, announced.bytes ?? this.config.uploadMaxBytes, async (body) => {
      const id = await this.access.open(caller, announced);
      try {
        return await send(reply, this.tus.answer({ method: 'POST', id, headers, body }));
      } catch (error) {
        await this.access.forget(id);
        throw error;
      }
    });
  }

  /** HEAD. An upload that is being verified is not asked for: whoever verifies it holds it for as long as that takes. */
  private async tell(upload: Upload, reply: FastifyReply): Promise<FastifyReply> {
    if (upload.metadata) void reply.header('upload-metadata', upload.metadata);
    if (upload.state === 'receiving') {
      return send(reply, this.tus.answer({ method: 'HEAD', id: upload.id, headers: {} }));
    }
    const bytes = String(upload.bytes);
    return reply.headers({ 'cache-control': 'no-store', 'upload-offset': bytes, 'upload-length': bytes }).send();
  }

  private async append(request: FastifyRequest, upload: Upload, reply: FastifyReply): Promise<FastifyReply> {
    const { id } = upload;
    const offset = bytesOf(request.headers, 'upload-offset');
    if (request.headers['upload-length'] !== undefined) bytesOf(request.headers, 'upload-length');
    const room = Number(upload.bytes ?? this.config.uploadMaxBytes) - offset;
    try {
      await this.assertOffset(upload, offset);
      return await this.chunks.receive(request.raw, room, (body) =>
        send(reply, this.tus.answer({ method: 'PATCH', id, headers: request.headers, body })),
      );
    } catch (error) {
      if (error instanceof DomainError && error.code === 'conflict') {
        void reply.header('upload-offset', await this.access.received(upload));
      }
      throw error;
    }
  }

  private async assertOffset(upload: Upload, offset: number): Promise<void> {
    const received = await this.access.received(upload);
    if (received !== offset) {
      throw new DomainError('conflict', `The upload has ${received} bytes, so it cannot go on at ${offset}.`);
    }
  }

  private async terminate(upload: Upload, reply: FastifyReply): Promise<FastifyReply> {
    await this.terminated.terminate(upload);
    return reply.status(204).send();
  }
}

/** Every answer but those to OPTIONS says which tus this is; who asked for another one hears what there is. */
function nameVersion(reply: FastifyReply): void {
  if (reply.request.method !== 'OPTIONS') void reply.header('tus-resumable', TUS_VERSION);
  if (reply.statusCode === 412) void reply.header('tus-version', TUS_VERSION);
  void reply.header('access-control-expose-headers', EXPOSED);
}

async function send(reply: FastifyReply, answer: Promise<Response>): Promise<FastifyReply> {
  const response = await answer;
  for (const [name, value] of response.headers) {
    if (name !== 'content-type' && name !== 'upload-metadata') void reply.header(name, value);
  }
  return reply.status(response.status).send();
}
