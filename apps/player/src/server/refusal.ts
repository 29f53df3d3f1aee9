import type { ErrorCode } from '#libs/domain';

/** `no-link`: the server could not be reached. */
export type RefusalReason = ErrorCode | 'no-link';

/** What the server refused, or that it could not be asked. Screens turn the code into a sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalReason,
    /** Of the answer; 0 without one. */
    readonly status: number,
    readonly retryAfterMs?: number,
  ) {
    super(code);
  }
}

/** @throws whatever is no refusal */
export function reasonOf(error: unknown): RefusalReason {
  if (error instanceof Refusal) return error.code;
  throw error;
}
