import { createHash } from 'node:crypto';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { startApi, type TestApi } from './api.js';
import { type Country, seedCountry, signIn } from './people.js';

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

  /** A PATCH under way: announces `length` bytes, or none; the caller writes them, or breaks off. */
  begin(path: string, offset: number, length: number | undefined, headers: Record<string, string> = {}): OpenPatch {
    const request = httpRequest(new URL(path, this.url), {
      method: 'PATCH',
      agent: false,
      headers: {
        cookie: this.cookie,
        'tus-resumable': '1.0.0',
        'content-type': UPLOAD_CONTENT,
        'upload-offset': String(offset),
        ...(length === undefined ? {} : { 'content-length': String(length) }),
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

export interface TestUploads {
  readonly api: TestApi;
  readonly country: Country;
  /** Signed in as the librarian of the whole country. */
  readonly tus: TusSpeaker;
  readonly cookie: string;
  /** `Upload-Metadata` for the country's one lecture. */
  metadata(more?: Record<string, string>): string;
  /** Creates an upload of this many bytes: its path. */
  created(bytes: number, more?: Record<string, string>): Promise<string>;
  /** What HEAD says of the offset, or undefined. */
  offset(path: string): Promise<number | undefined>;
}

/** The API, with a librarian who speaks tus. */
export async function startUploads(overrides: Record<string, string> = {}): Promise<TestUploads> {
  const api = await startApi(overrides);
  const country = await seedCountry(api.database);
  const { cookie } = await signIn(api.url, 'librarian');
  const tus = new TusSpeaker(api.url, cookie);
  const metadata = (more: Record<string, string> = {}) =>
    uploadMetadata({ filename: '土壤.mp4', lectureId: country.lecture.id, ...more });
  const created = async (bytes: number, more: Record<string, string> = {}) => {
    const response = await tus.create({ 'upload-length': String(bytes), 'upload-metadata': metadata(more) });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    return response.headers.get('location') ?? '';
  };
  const offset = async (path: string) => {
    const told = (await tus.head(path)).headers.get('upload-offset');
    return told === null ? undefined : Number(told);
  };
  return { api, country, tus, cookie, metadata, created, offset };
}

export const uploadIdOf = (path: string): string => path.split('/').at(-1) ?? '';
export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
