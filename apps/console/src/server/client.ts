import type { Problem } from '#libs/contracts';
import { errorCodes, type ErrorCode } from '#libs/domain';

/** What may go wrong between console and server: a code of the house, or no answer at all. */
export type ProblemCode = ErrorCode | 'unreachable';

/** A refusal by the server, or its silence. The sentence for `code` stands in the translation files. */
export class ServerProblem extends Error {
  override readonly name = 'ServerProblem';

  constructor(
    readonly code: ProblemCode,
    /** Why each field was refused, by its JSON pointer. */
    readonly fields: NonNullable<Problem['errors']> = [],
  ) {
    super(code);
  }
}

export const unreachable = () => new ServerProblem('unreachable');

const isErrorCode = (code: unknown): code is ErrorCode => errorCodes.some((known) => known === code);

/** Reads a problem document; what is none, or names a code this console does not know, is `internal`. */
export function readProblem(body: string): ServerProblem {
  try {
    const problem = JSON.parse(body) as Partial<Problem> | null;
    return isErrorCode(problem?.code) ? new ServerProblem(problem.code, problem.errors) : new ServerProblem('internal');
  } catch {
    return new ServerProblem('internal');
  }
}

/** @returns the sentence for one field of a form, by the property's name, or undefined. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof ServerProblem)) return undefined;
  return error.fields.find(({ pointer }) => pointer.replace(/^#?\//, '').split('/')[0] === field)?.detail;
}

export const apiRoot = '/api/v1';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The path of a route with its query; empty parameters are left out. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${apiRoot}${path}${search && `?${search}`}`;
}

async function send(method: string, url: string, body: BodyInit | null, contentType?: string): Promise<Response> {
  const headers = {
    Accept: 'application/json',
    'Accept-Language': document.documentElement.lang,
    ...(contentType && { 'Content-Type': contentType }),
  };
  const response = await fetch(url, { method, headers, body, credentials: 'same-origin' }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw readProblem(await response.text());
  return response;
}

async function answer<T>(response: Response): Promise<T> {
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** The routes under /api/v1. Every failure is a {@link ServerProblem}. */
export const server = {
  get: async <T>(path: string, query?: Query) => answer<T>(await send('GET', address(path, query), null)),
  post: async <T>(path: string, body?: unknown) => change<T>('POST', path, body),
  patch: async <T>(path: string, body: unknown) => change<T>('PATCH', path, body),
  put: async <T>(path: string, body: unknown) => change<T>('PUT', path, body),
  remove: async (path: string) => change('DELETE', path),
  postFile: async <T>(path: string, file: Blob) =>
    answer<T>(await send('POST', address(path), file, 'application/octet-stream')),
  putText: async (path: string, query: Query, text: string, contentType: string) =>
    answer(await send('PUT', address(path, query), text, contentType)),
};

async function change<T>(method: string, path: string, body?: unknown): Promise<T> {
  const json = body === undefined ? null : JSON.stringify(body);
  return answer<T>(await send(method, address(path), json, json === null ? undefined : 'application/json'));
}
