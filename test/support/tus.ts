import { createHash } from 'node:crypto';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';

export const UPLOAD_CONTENT = 'application/offset+octet-stream';

/** `key base64,key base64` */
export const uploadMetadata = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** The value of `Upload-Checksum` for a chunk. */
export const uploadChecksum = (algorithm: string, chunk: Buffer): string =>
  `${algorithm} ${createHash(algorithm).update(chunk).digest('base64')}`;

/** Speaks tus word by word, as no client library would: headers exactly as given. */
export class TusSpeaker {
  constructor(
    readonly url: string,
    private readonly cookie: string,
  ) {}

  ask(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Response> {
    return fetch(new URL(path, this.url), {
      method,
      headers: { cookie: this.cookie, 'tus-resumable': '1.0.0', ...headers },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
  }

  create(headers: Record<string, string>, body?: Buffer): Promise<Response> {
    return this.ask('POST', '/api/v1/uploads', headers, body);
  }

  head(path: string): Promise<Response> {
    return this.ask('HEAD', path);
  }

  patch(path: string, offset: number, body: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    const own = { 'content-type': UPLOAD_CONTENT, 'upload-offset': String(offset) };
    return this.ask('PATCH', path, { ...own, ...headers }, body);
  }

  /** A PATCH under way: announces `length` bytes; the caller writes them, or breaks off. */
  begin(path: string, offset: number, length: number, headers: Record<string, string> = {}): OpenPatch {
    const request = httpRequest(new URL(path, this.url), {
      method: 'PATCH',
      agent: false,
      headers: {
        cookie: this.cookie,
        'tus-resumable': '1.0.0',
        'content-type': UPLOAD_CONTENT,
        'upload-offset': String(offset),
        'content-length': String(length),
        ...headers,
      },
    });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).once('error', reject);
    });
    answer.catch(() => undefined);
    request.flushHeaders();
    return { request, answer };
  }
}

export interface OpenPatch {
  readonly request: ClientRequest;
  /** Rejects when the connection breaks. */
  readonly answer: Promise<IncomingMessage>;
}
