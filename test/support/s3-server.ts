import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { partOf, refuse, xml } from './s3-answers.js';

/** What an object store is asked, by the names of its API. */
export type Operation =
  | 'HeadBucket'
  | 'ListObjects'
  | 'ListUploads'
  | 'HeadObject'
  | 'GetObject'
  | 'PutObject'
  | 'DeleteObject'
  | 'CreateUpload'
  | 'UploadPart'
  | 'CompleteUpload'
  | 'AbortUpload';

/** What goes wrong with a request: an answer with this status and code, a wait before it, or an answer that breaks off. */
export interface Fault {
  readonly status?: number;
  readonly code?: string;
  readonly delayMs?: number;
  readonly breakOff?: true;
}

interface StoredObject {
  body: Buffer;
  /** As stated by who sent it; not every store keeps it. */
  checksum?: string;
  modified: Date;
}

/** A small S3 server with one bucket, in memory, by path; refuses what is not signed, and does what `fault` says. */
export class S3Server {
  static readonly bucket = 'lectern';
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, { key: string; parts: Map<number, Buffer>; begun: Date }>();
  readonly asked: { operation: Operation; key: string }[] = [];
  /** Set by a test; undefined: all goes well. */
  fault: (operation: Operation, key: string) => Fault | undefined = () => undefined;
  /** Not every store states a checksum. */
  statesChecksums = true;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
    return this;
  }

  /** For the configuration of a store. */
  get asBucket() {
    const { port } = this.server.address() as AddressInfo;
    return { name: S3Server.bucket, region: 'us-east-1', endpoint: `http://127.0.0.1:${port}` };
  }

  /** The same as environment variables. */
  get environment(): Record<string, string> {
    return { S3_BUCKET: S3Server.bucket, S3_ENDPOINT: this.asBucket.endpoint };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3');
    const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    const operation = operationOf(request.method ?? '', key, url.searchParams);
    const body = await bodyOf(request);
    this.asked.push({ operation, key });
    if (!isSigned(request)) refuse(response, 403, 'AccessDenied');
    else if (bucket !== S3Server.bucket) refuse(response, 404, 'NoSuchBucket');
    else await this.act(operation, { request, response, key, query: url.searchParams, body });
  }

  private async act(operation: Operation, ask: Ask): Promise<void> {
    const { status, code = 'InternalError', delayMs, breakOff } = this.fault(operation, ask.key) ?? {};
    if (delayMs) await wait(delayMs);
    if (status) refuse(ask.response, status, code);
    else if (!breakOff) this.operations[operation](ask);
    else if (operation === 'GetObject') this.get(ask, breakOff);
    else ask.request.socket.destroy();
  }

  private readonly operations: Record<Operation, (ask: Ask) => void> = {
    HeadBucket: ({ response }) => void response.end(),
    ListObjects: ({ response, query }) => this.list(response, query),
    ListUploads: ({ response }) => {
      const listed = [...this.uploads].map(
        ([id, { key, begun }]) =>
          `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${begun.toISOString()}</Initiated></Upload>`,
      );
      xml(response, `<ListMultipartUploadsResult>${listed.join('')}</ListMultipartUploadsResult>`);
    },
    HeadObject: ({ response, key }) => {
      const found = this.objects.get(key);
      if (!found) return void response.writeHead(404).end();
      response.writeHead(200, { ...this.headersOf(found), 'content-length': found.body.length }).end();
    },
    GetObject: (ask) => this.get(ask),
    PutObject: ({ request, response, key, body }) => {
      const checksum = request.headers['x-amz-checksum-sha256'];
      if (typeof checksum === 'string' && checksum !== sha256(body)) {
        refuse(response, 400, 'BadDigest');
        return;
      }
      this.objects.set(key, { body, modified: new Date(), ...(typeof checksum === 'string' ? { checksum } : {}) });
      response.end();
    },
    DeleteObject: ({ response, key }) => {
      this.objects.delete(key);
      response.writeHead(204).end();
    },
    CreateUpload: ({ response, key }) => {
      const id = `upload-${this.uploads.size}-${Math.random()}`;
      this.uploads.set(id, { key, parts: new Map(), begun: new Date() });
      xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    },
    UploadPart: ({ request, response, query, body }) => {
      const stated = request.headers['x-amz-checksum-sha256'];
      if (stated !== sha256(body)) {
        refuse(response, 400, 'BadDigest');
        return;
      }
      this.uploads.get(query.get('uploadId') ?? '')?.parts.set(Number(query.get('partNumber')), body);
      response.writeHead(200, { etag: `"${sha256(body)}"`, 'x-amz-checksum-sha256': stated }).end();
    },
    CompleteUpload: ({ response, key, query }) => {
      const id = query.get('uploadId') ?? '';
      const parts = [...(this.uploads.get(id)?.parts ?? [])].toSorted(([a], [b]) => a - b).map(([, part]) => part);
      this.uploads.delete(id);
      const whole = createHash('sha256');
      for (const part of parts) whole.update(createHash('sha256').update(part).digest());
      const checksum = `${whole.digest('base64')}-${parts.length}`;
      this.objects.set(key, { body: Buffer.concat(parts), checksum, modified: new Date() });
      xml(response, `<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`);
    },
    AbortUpload: ({ response, query }) => {
      this.uploads.delete(query.get('uploadId') ?? '');
      response.writeHead(204).end();
    },
  };

  private get({ request, response, key }: Ask, breakOff = false): void {
    const found = this.objects.get(key);
    if (!found) {
      refuse(response, 404, 'NoSuchKey');
      return;
    }
    const { status, part } = partOf(found.body, request.headers.range);
    response.writeHead(status, { ...this.headersOf(found), 'content-length': part.length });
    if (breakOff) response.write(part.subarray(0, part.length / 2), () => void request.socket.destroy());
    else response.end(part);
  }

  private list(response: ServerResponse, query: URLSearchParams): void {
    const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter') ?? ''];
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix)).toSorted();
    const tails = keys.map((key) => key.slice(prefix.length));
    const isDeep = (tail: string) => delimiter !== '' && tail.includes(delimiter);
    const folders = new Set(tails.filter(isDeep).map((tail) => tail.split(delimiter)[0]));
    const files = tails.filter((tail) => !isDeep(tail));
    const after = query.get('continuation-token') ?? '';
    const rest = files.filter((tail) => tail > after);
    const page = rest.slice(0, PAGE);
    const next = rest.length > PAGE ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
    const contents = page.map((tail) => {
      const { body, modified } = this.objects.get(prefix + tail) ?? { body: Buffer.alloc(0), modified: new Date() };
      const facts = `<Size>${body.length}</Size><LastModified>${modified.toISOString()}</LastModified>`;
      return `<Contents><Key>${prefix}${tail}</Key>${facts}</Contents>`;
    });
    const prefixes = [...folders].map((name) => `<CommonPrefixes><Prefix>${prefix}${name}/</Prefix></CommonPrefixes>`);
    const isCut = `<IsTruncated>${next !== ''}</IsTruncated>${next}`;
    xml(response, `<ListBucketResult>${isCut}${contents.join('')}${prefixes.join('')}</ListBucketResult>`);
  }

  private headersOf({ modified, checksum }: StoredObject): Record<string, string> {
    const always = { 'last-modified': modified.toUTCString() };
    return this.statesChecksums && checksum ? { ...always, 'x-amz-checksum-sha256': checksum } : always;
  }
}

/** Few, so that tests turn pages. */
const PAGE = 10;

interface Ask {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

const sha256 = (body: Buffer) => createHash('sha256').update(body).digest('base64');

function operationOf(method: string, key: string, query: URLSearchParams): Operation {
  if (key === '') return method === 'HEAD' ? 'HeadBucket' : query.has('uploads') ? 'ListUploads' : 'ListObjects';
  const isPart = query.has('uploadId');
  const plain = {
    HEAD: 'HeadObject',
    GET: 'GetObject',
    PUT: 'PutObject',
    DELETE: 'DeleteObject',
    POST: 'CreateUpload',
  };
  const ofParts = { PUT: 'UploadPart', POST: 'CompleteUpload', DELETE: 'AbortUpload' };
  const names: Readonly<Record<string, string>> = isPart ? ofParts : plain;
  return names[method] as Operation;
}

/** AWS Signature 4 states who signed, what, and over which bytes. */
const isSigned = ({ headers }: IncomingMessage): boolean =>
  /^AWS4-HMAC-SHA256 Credential=test\/.+, SignedHeaders=.+, Signature=[0-9a-f]{64}$/.test(
    headers.authorization ?? '',
  ) &&
  headers['x-amz-date'] !== undefined &&
  headers['x-amz-content-sha256'] !== undefined;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
