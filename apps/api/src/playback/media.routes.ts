import { DomainError } from '#libs/domain';
import { BlobStore, blobKey } from '#libs/storage';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { validate } from 'uuid';
import { PlayTokens } from '../http/play-tokens.js';
import { sendProblem } from '../http/problem.filter.js';
import { type ByteRange, partOf } from './conditional.js';
import { type BlobName, blobNameOf } from './media-files.js';
import { ANY_ORIGIN } from './any-origin.js';

interface BlobRoute {
  Params: { editionId: string; name: string };
  Querystring: { token?: string };
}

/**
 * The blobs of editions, on Fastify itself: no database is asked, the token alone decides. In a larger house nginx, a CDN
 * or a box at the site serves the same addresses.
 */
@Injectable()
export class MediaRoutes implements OnModuleInit {
  private readonly logger = new Logger('Media');

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly tokens: PlayTokens,
    private readonly blobs: BlobStore,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.route<BlobRoute>({
      method: ['GET', 'HEAD'],
      url: '/media/:editionId/:name',
      errorHandler: (error, request, reply) => sendProblem(error, request, reply, this.logger),
      handler: (request, reply) => this.serve(request, reply),
    });
  }

  private async serve(request: FastifyRequest<BlobRoute>, reply: FastifyReply): Promise<FastifyReply> {
    const { editionId, name } = request.params;
    void reply.headers(ANY_ORIGIN);
    await this.tokens.verify(request.query.token, editionId);
    const blob = blobNameOf(name);
    const path = this.blobs.pathOf(blobKey(editionId, name));
    const bytes = blob && validate(editionId) ? await sizeOf(path) : undefined;
    if (!blob || bytes === undefined) throw new DomainError('not-found', 'There is no such file.');
    return send(request, reply, { ...blob, path, bytes });
  }
}

/** Captions are compressed on their way (HLS-D01), so they have a weak tag and no parts; all else goes byte by byte. */
function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { sha256, contentType, path, bytes }: BlobName & { path: string; bytes: number },
): FastifyReply {
  const { 'if-none-match': ifNoneMatch, 'if-range': ifRange, range } = request.headers;
  const text = contentType.startsWith('text/');
  const etag = `"${sha256}"`;
  void reply.headers({
    'cache-control': 'public, max-age=31536000, immutable',
    ...(text ? { etag: `W/${etag}`, vary: 'Accept-Encoding' } : { etag, 'accept-ranges': 'bytes' }),
  });
  const part = partOf(
    { ifNoneMatch, ifRange: ifRange?.toString(), range: text ? undefined : asked(request.method, range) },
    etag,
    bytes,
  );
  if (part === 'not-modified') return reply.status(304).send();
  void reply.header('content-type', contentType);
  if (part === 'unsatisfiable') {
    return reply.status(416).header('content-range', `bytes */${bytes}`).header('cache-control', 'no-store').send();
  }
  if (part === 'whole') return stream(request, reply, path, { first: 0, last: bytes - 1 });
  void reply.status(206).header('content-range', `bytes ${part.first}-${part.last}/${bytes}`);
  return stream(request, reply, path, part);
}

/** Range applies to GET only (RFC 9110 14.2). */
const asked = (method: string, range: string | undefined) => (method === 'GET' ? range : undefined);

function stream(request: FastifyRequest, reply: FastifyReply, path: string, { first, last }: ByteRange): FastifyReply {
  void reply.header('content-length', last - first + 1);
  if (request.method === 'HEAD' || last < first) return reply.send();
  return reply.send(createReadStream(path, { start: first, end: last }));
}

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
