import { DomainError } from '#libs/domain';
import { BlobStore, blobKey } from '#libs/storage';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
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
    const blob = validate(editionId) ? blobNameOf(name) : undefined;
    const bytes = blob && (await this.blobs.sizeOf(blobKey(editionId, name)));
    if (!blob || bytes === undefined) throw missing();
    const { status, headers, part } = answerTo(request, { ...blob, bytes });
    const content = part && request.method === 'GET' ? await this.read(blobKey(editionId, name), part) : undefined;
    return reply.status(status).headers(headers).send(content);
  }

  private async read(key: string, part: ByteRange): Promise<Readable> {
    const content = await this.blobs.read(key, part);
    if (!content) throw missing();
    return content;
  }
}

const missing = () => new DomainError('not-found', 'There is no such file.');

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  /** The bytes that follow; undefined when none do. */
  readonly part?: ByteRange;
}

/** Captions are compressed on their way (HLS-D01), so they have a weak tag and no parts; all else goes byte by byte. */
function answerTo(
  { method, headers }: FastifyRequest,
  { sha256, contentType, bytes }: BlobName & { bytes: number },
): Answer {
  const { 'if-none-match': ifNoneMatch, 'if-range': ifRange, range } = headers;
  const text = contentType.startsWith('text/');
  const etag = `"${sha256}"`;
  const kept = {
    'cache-control': 'public, max-age=31536000, immutable',
    ...(text ? { etag: `W/${etag}`, vary: 'Accept-Encoding' } : { etag, 'accept-ranges': 'bytes' }),
  };
  const part = partOf(
    { ifNoneMatch, ifRange: ifRange?.toString(), range: text ? undefined : asked(method, range) },
    etag,
    bytes,
  );
  if (part === 'not-modified') return { status: 304, headers: kept };
  const typed = { ...kept, 'content-type': contentType };
  if (part === 'unsatisfiable') {
    return { status: 416, headers: { ...typed, 'content-range': `bytes */${bytes}`, 'cache-control': 'no-store' } };
  }
  if (part === 'whole') return whole(typed, bytes);
  const { first, last } = part;
  const sent = { 'content-length': last - first + 1, 'content-range': `bytes ${first}-${last}/${bytes}` };
  return { status: 206, headers: { ...typed, ...sent }, part };
}

const whole = (headers: Answer['headers'], bytes: number): Answer => ({
  status: 200,
  headers: { ...headers, 'content-length': bytes },
  ...(bytes > 0 ? { part: { first: 0, last: bytes - 1 } } : {}),
});

/** Range applies to GET only (RFC 9110 14.2). */
const asked = (method: string, range: string | undefined) => (method === 'GET' ? range : undefined);
