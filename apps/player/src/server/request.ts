import type { Problem } from '#libs/contracts';
import { errorCodes, type ErrorCode } from '#libs/domain';
import i18next from 'i18next';
import { Refusal } from './refusal.js';

/** A village link may be slow, but an answer that takes longer than this will not come. */
const PATIENCE_MS = 30_000;
/** A file may take longer: no link is slower than this. */
const FILE_BYTES_PER_MS = 4;
/** Browsers carry 64 KiB in all past the end of a page. */
const KEEPALIVE_LIMIT = 30_000;
const API = '/api/v1';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly body?: string;
  /** Sent as bytes, instead of `json`. */
  readonly file?: Blob;
  readonly authorization?: string | undefined;
}

/** Asks the API. @throws {Refusal} with the code of the problem document, or `no-link`. */
export async function request<T>(path: string, question: Question = {}): Promise<T> {
  const text = await requestText(path, question);
  return (text === '' ? undefined : parse(text)) as T;
}

/** @throws {Refusal} */
export async function requestText(path: string, question: Question = {}): Promise<string> {
  const { status, headers, text } = await reach(`${API}${path}`, question);
  if (status >= 200 && status < 300) return text;
  throw refusalOf(status, headers, text === '' ? {} : (parse(text) as Partial<Problem>));
}

async function reach(url: string, question: Question): Promise<{ status: number; headers: Headers; text: string }> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS + (question.file?.size ?? 0) / FILE_BYTES_PER_MS);
  try {
    const response = await fetch(url, { ...optionsOf(question), signal: patience.signal });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch {
    throw new Refusal('no-link', 0);
  } finally {
    clearTimeout(timer);
  }
}

function optionsOf({ method = 'GET', json, body, file, authorization }: Question): RequestInit {
  if (file) return { method, headers: fileHeaders(authorization), body: file };
  const text = json === undefined ? body : JSON.stringify(json);
  return {
    method,
    headers: {
      'accept-language': i18next.language,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization === undefined ? {} : { authorization }),
    },
    ...(text === undefined ? {} : { body: text, keepalive: text.length < KEEPALIVE_LIMIT }),
  };
}

const fileHeaders = (authorization: string | undefined): Record<string, string> => ({
  'content-type': 'application/octet-stream',
  ...(authorization === undefined ? {} : { authorization }),
});

/** What is not JSON comes from something that stands in the link's way, such as a login page. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('no-link', 0);
  }
}

const isErrorCode = (code: unknown): code is ErrorCode => (errorCodes as readonly unknown[]).includes(code);

function refusalOf(status: number, headers: Headers, { code }: Partial<Problem>): Refusal {
  const seconds = Number(headers.get('retry-after'));
  return new Refusal(isErrorCode(code) ? code : 'internal', status, seconds > 0 ? seconds * 1000 : undefined);
}
