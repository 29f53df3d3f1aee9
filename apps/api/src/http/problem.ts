import type { Problem } from '#libs/contracts';
import { DomainError, type ErrorCode } from '#libs/domain';
import { HttpException } from '@nestjs/common';
import { EntityNotFoundError, QueryFailedError } from 'typeorm';
import { problemTexts } from './problem.texts.js';
import { statusOf } from './problem.status.js';

/** A request that does not fit its schema: what is wrong with which field. Pointers are JSON Pointers (RFC 6901). */
export class InvalidRequest extends DomainError {
  constructor(readonly errors: readonly { pointer: string; detail: string }[]) {
    super('invalid-request', errors.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join('; '));
  }
}

/** Somebody has to wait before the next attempt. */
export class TooManyAttempts extends DomainError {
  constructor(readonly retryAfterS: number) {
    super('too-many-attempts', `Too many failed attempts. Try again in ${Math.ceil(retryAfterS / 60)} min.`);
  }
}

/** The house has no room now, or this sender has had its share: what was sent is not lost but comes again later. */
export class ComeBackLater extends DomainError {
  constructor(
    code: 'too-fast' | 'too-busy',
    readonly retryAfterS: number,
  ) {
    super(code, `Come back in ${retryAfterS} s.`);
  }
}

export type Language = 'en' | 'zh';

/** Simplified Chinese when it is the first language that the reader asks for, else English. */
export const languageOf = (acceptLanguage: string | undefined): Language =>
  /^\s*zh\b/i.test(acceptLanguage ?? '') ? 'zh' : 'en';

/** RFC 9457. Only a broken rule tells its detail: what went wrong inside stays inside. */
export function problemOf(error: unknown, language: Language, requestId: string): Problem {
  const code = codeOf(error);
  return {
    type: 'about:blank',
    title: problemTexts[code][language],
    status: statusOf[code],
    detail: error instanceof DomainError && language === 'en' ? error.message : problemTexts[code][language],
    instance: `urn:request:${requestId}`,
    code,
    ...(error instanceof InvalidRequest ? { errors: [...error.errors] } : {}),
  };
}

/** Errors of Fastify carry a `statusCode`, those of Nest a status. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof DomainError) return error.code;
  if (error instanceof QueryFailedError) return codeOfDatabase(error.driverError as Error);
  if (error instanceof EntityNotFoundError) return 'not-found';
  if (error instanceof HttpException) return codeOfStatus(error.getStatus());
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return codeOfStatus(status);
}

/** What the database refuses although each check before passed, such as the second of two equal requests at once. */
const codesOfDatabase: Readonly<Record<string, ErrorCode>> = {
  '22021': 'invalid-request', // a NUL in a text
  '23503': 'not-found', // what it points at
  '23505': 'conflict',
};

const codeOfDatabase = (error: Error): ErrorCode =>
  ('code' in error ? codesOfDatabase[String(error.code)] : undefined) ?? 'internal';

const codesOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-attempts',
};

const codeOfStatus = (status: number): ErrorCode =>
  codesOfStatus[status] ?? (status >= 400 && status < 500 ? 'invalid-request' : 'internal');
