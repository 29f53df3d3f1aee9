import type { Problem } from '#libs/contracts';
import { errorCodes, type ErrorCode } from '#libs/domain';
import i18next from 'i18next';
import { Refusal } from './refusal.js';

/** A village link may be slow, but an answer that takes longer than this will not come. */
const PATIENCE_MS = 30_000;
const API = '/api/v1';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly body?: string;
  readonly authorization?: string | undefined;
  readonly signal?: AbortSignal;
}

/** Asks the API. @throws {Refusal} with the code of the problem document, or `no-link`. */
export async function request<T>(path: string, question: Question = {}): Promise<T> {
  const { status, headers, body } = await reach(`${API}${path}`, question);
  if (status >= 200 && status < 300) return body as T;
  throw refusalOf(status, headers, body as Partial<Problem>);
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** An answer that is not JSON comes from something that stands in the link's way, such as a login page. */
async function reach(url: string, question: Question): Promise<Answer> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  question.signal?.addEventListener('abort', () => patience.abort());
  try {
    const response = await fetch(url, { ...optionsOf(question), signal: patience.signal });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  } catch {
    throw new Refusal('no-link', 0);
  } finally {
    clearTimeout(timer);
  }
}

function optionsOf({ method = 'GET', json, body, authorization }: Question): RequestInit {
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

/** Browsers carry 64 KiB in all past the end of a page. */
const KEEPALIVE_LIMIT = 30_000;

const isErrorCode = (code: unknown): code is ErrorCode => (errorCodes as readonly unknown[]).includes(code);

function refusalOf(status: number, headers: Headers, problem: Partial<Problem> | undefined): Refusal {
  const seconds = Number(headers.get('retry-after'));
  const code = isErrorCode(problem?.code) ? problem.code : 'internal';
  return new Refusal(code, status, seconds > 0 ? seconds * 1000 : undefined);
}
