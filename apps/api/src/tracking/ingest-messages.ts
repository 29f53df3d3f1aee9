import { DomainError, type ErrorCode } from '#libs/domain';
import { codeOf, ComeBackLater, InvalidRequest } from '../http/problem.js';
import { problemTexts } from '../http/problem.texts.js';
import type { Arrived } from './ingest-desk.js';

/** What the API and its thread for ingest say to each other. */
export interface Asked {
  readonly id: number;
  readonly arrived: Arrived;
}

/** A text of JSON, or why there is none. */
export interface Answer {
  readonly id: number;
  readonly said: string | Failure;
}

/** Ends the thread once all that it was asked is answered. */
export const GOODBYE = 'goodbye';

/** An error in words that may cross to another thread. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  /** Of what went wrong inside, for the log. */
  readonly stack?: string | undefined;
  readonly retryAfterS?: number;
  readonly errors?: InvalidRequest['errors'];
}

export function toFailure(error: unknown): Failure {
  if (!(error instanceof DomainError)) return insideFailure(error);
  return {
    code: error.code,
    message: error.message,
    ...(error instanceof ComeBackLater ? { retryAfterS: error.retryAfterS } : {}),
    ...(error instanceof InvalidRequest ? { errors: error.errors } : {}),
  };
}

/** What the database says of a request stays inside, as it does without a thread. */
function insideFailure(error: unknown): Failure {
  const code = codeOf(error);
  if (code !== 'internal') return { code, message: problemTexts[code].en };
  return error instanceof Error
    ? { code, message: error.message, stack: error.stack }
    : { code, message: String(error) };
}

/** The same error on the other side, as far as anybody is told of it. */
export function failureOf({ code, message, stack, retryAfterS, errors }: Failure): Error {
  if (errors) return new InvalidRequest(errors);
  if (retryAfterS !== undefined) return new ComeBackLater(code === 'too-fast' ? code : 'too-busy', retryAfterS);
  if (code !== 'internal') return new DomainError(code, message);
  return Object.assign(new Error(message), stack === undefined ? {} : { stack });
}
