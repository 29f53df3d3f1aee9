import type { ApiConfig } from '#libs/config';
import { Upload } from '#libs/database';
import { DomainError, type ErrorCode } from '#libs/domain';
import { Inject, Injectable } from '@nestjs/common';
import { ERRORS, Server } from '@tus/server';
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CONFIG } from '../http/config.js';
import { FinishedUploads } from './finished-uploads.service.js';
import { UploadLocks } from './upload-locks.js';
import { storageFailure, UploadStore } from './upload-store.js';
import { TUS_VERSION, UPLOAD_CONTENT } from './tus-headers.js';

export const UPLOADS_PATH = '/api/v1/uploads';
/** How long the one who holds an upload may go on after somebody else asked for it. */
const DRAIN_MS = 1_000;
const BUFFER_BYTES = 256 * 1024;

/** What the tus server is asked: a request whose sender may do this, and whose bytes are as they should be. */
export interface TusAsk {
  readonly method: string;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: { readonly stream: Readable; readonly bytes: number | undefined } | undefined;
}

/** The tus server of `@tus/server` behind our own checks: speaks web requests, fails with rules of the house. */
@Injectable()
export class TusService {
  private readonly server: Server;
  private readonly failures = new WeakMap<Request, unknown>();

  constructor(
    private readonly database: DataSource,
    store: UploadStore,
    finished: FinishedUploads,
    locks: UploadLocks,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.server = new Server({
      path: UPLOADS_PATH,
      datastore: store,
      relativeLocation: true,
      allowedOrigins: [],
      maxSize: config.uploadMaxBytes,
      lockDrainTimeout: DRAIN_MS,
      locker: (request) => locks.locker(request.method === 'HEAD' || request.method === 'DELETE'),
      namingFunction: (request) => request.headers.get('x-upload-id') ?? '',
      onUploadFinish: async (_request, { id }) => {
        await finished.finish(id);
        return {};
      },
      onResponseError: (request, error) => {
        this.failures.set(request, error);
        return undefined;
      },
    });
  }

  /** @throws {DomainError} the rule that the request breaks. */
  async answer(ask: TusAsk): Promise<Response> {
    const request = webRequest(ask);
    const response = await this.server.handleWeb(request);
    if (response.status >= 400) throw failureOf(this.failures.get(request), response.status);
    await this.addExpiry(ask.id, response.headers);
    return response;
  }

  /** Expiration: in every answer about an upload that is not finished. */
  private async addExpiry(id: string, headers: Headers): Promise<void> {
    const upload = await this.database.manager.findOneBy(Upload, { id, state: 'receiving' });
    if (upload) headers.set('upload-expires', upload.expiresAt.toUTCString());
    else headers.delete('upload-expires');
  }
}

const PASSED_ON = ['upload-offset', 'upload-length', 'upload-defer-length'] as const;

function webRequest({ method, id, headers, body }: TusAsk): Request {
  const passed = PASSED_ON.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return new Request(`http://uploads${UPLOADS_PATH}/${method === 'POST' ? '' : id}`, {
    method,
    headers: [
      ['tus-resumable', TUS_VERSION],
      ['x-upload-id', id],
      ...passed,
      ...(body || method === 'PATCH' ? [['content-type', UPLOAD_CONTENT] as [string, string]] : []),
      ...(body?.bytes === undefined ? [] : [['content-length', String(body.bytes)] as [string, string]]),
    ],
    ...(body ? { body: webStream(body.stream), duplex: 'half' } : {}),
  });
}

/** Without a strategy of bytes, Node counts chunks, and a slow disk would let memory fill with what a fast link brings. */
function webStream(stream: Readable): ReadableStream {
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES });
  return Readable.toWeb(stream, { strategy }) as ReadableStream;
}

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid-request',
  404: 'not-found',
  409: 'conflict',
  410: 'upload-expired',
  413: 'too-large',
};

/** The tus server throws `{ status_code, body }`; what our own parts throw is passed on as it is. */
function failureOf(error: unknown, status: number): unknown {
  if (error === ERRORS.ABORTED) return new DomainError('upload-busy', 'Another request has taken this upload over.');
  // Where a stream breaks, its error comes by two ways, and this may be the shorter.
  const failure = storageFailure(error);
  if (failure instanceof DomainError) return failure;
  const said = Said.safeParse(error);
  if (error instanceof Error && !said.success) return error;
  return new DomainError(codes[status] ?? 'internal', said.data?.body.trim() ?? 'The request was refused.');
}

const Said = z.object({ status_code: z.number(), body: z.string() });
