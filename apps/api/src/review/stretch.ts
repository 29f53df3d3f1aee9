import type { ReviewedSession } from '#libs/database';
import { DomainError } from '#libs/domain';

/** On the session's clock; `toMs` null: to its end, also when more of it arrives. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number | null;
}

interface Asked {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** Of a session, given from when it began to play. @throws {DomainError} `invalid-request` when it lies outside. */
export function stretchOf({ clock }: ReviewedSession, { fromMs, toMs }: Asked): Stretch {
  if (fromMs === undefined && toMs === undefined) return { fromMs: 0, toMs: null };
  const { firstMs, lastMs } = clock ?? { firstMs: 0, lastMs: 0 };
  requireWithin(lastMs - firstMs, fromMs, toMs);
  return { fromMs: firstMs + (fromMs ?? 0), toMs: toMs === undefined ? null : firstMs + toMs };
}

function requireWithin(lengthMs: number, fromMs = 0, toMs = lengthMs): void {
  if (fromMs < toMs && toMs <= lengthMs) return;
  throw new DomainError('invalid-request', `/fromMs and /toMs lie within the ${lengthMs} ms of the session.`);
}
