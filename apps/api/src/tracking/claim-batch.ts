import { CODE_STEP_MS, gradeOfScan, MAX_PRESENCES, type PresenceGrade, uuidOfHash } from '#libs/domain';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ClaimedSession, PendingClaim } from './claims.queries.js';
import type { ReadBatch } from './read-batch.js';

/** Presences of phones have numbers of their own: a hall's device counts its own from 0. */
export const FIRST_SEQ = 3000;
export const MOST_SEATS = MAX_PRESENCES - FIRST_SEQ;
const CODE_HEX = 20;

/**
 * What a hall shows of its session's id. The id itself would let anybody in the room use it before the hall has a link,
 * and whoever uses an id first owns it. Whatever is shown has another handle, so nobody can open a session of that name.
 */
export const handleOf = (sessionId: string): string =>
  uuidOfHash(createHash('sha256').update(sessionId.toLowerCase()).digest('hex'), 8);

export const codeOf = (key: Buffer, sessionId: string, step: number): string =>
  createHmac('sha256', key).update(`${sessionId} ${step}`).digest('hex').slice(0, CODE_HEX);

/** What a claim is worth; undefined when it is no code of this session, or one that somebody was sent. */
export function gradeOfClaim(
  session: ClaimedSession,
  sessionId: string,
  claim: PendingClaim,
): PresenceGrade | undefined {
  const right = codeOf(session.key, sessionId, claim.step);
  if (session.started_at === null || !timingSafeEqual(Buffer.from(right), Buffer.from(claim.code))) return undefined;
  const wallZeroMs = session.started_at.getTime() - session.first_clock_ms;
  return gradeOfScan({
    shownFromMs: wallZeroMs + claim.step * CODE_STEP_MS,
    isDated: session.dated_by !== 'receipt',
    scannedMs: claim.scanned_at.getTime(),
    receivedMs: claim.received_at.getTime(),
  });
}

/** A claim that counts, as what the hall itself would have reported: a presence from the moment of the scan, to the end. */
export function claimBatch(
  session: ClaimedSession,
  sessionId: string,
  claim: PendingClaim,
  grade: PresenceGrade,
): ReadBatch {
  const head = {
    id: sessionId,
    editionId: session.edition_id,
    kind: 'hall' as const,
    siteId: session.site_id,
    startedAt: session.claimed_start?.toISOString() ?? null,
    clockAtStartMs: session.clock_at_start_ms,
  };
  const clockFromMs = Math.max(claim.step * CODE_STEP_MS, session.clock_at_start_ms);
  const presence = { seq: FIRST_SEQ + claim.seat, learnerId: claim.learner_id, clockFromMs, clockToMs: null, grade };
  // The house made the batch's id for this claim alone: judged twice, also with a hall that has told more since, it is one.
  const contentHash = createHash('sha256').update(claim.batch_id).digest('hex');
  const sessions = [{ head, spans: [], presences: [presence], unreadable: [] }];
  return { id: claim.batch_id, deviceId: 'phone', bootId: session.boot_id, anchors: [], contentHash, sessions };
}
