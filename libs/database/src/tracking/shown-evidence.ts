import { intersect, sourceOfPresence, totalMs, type PresenceGrade, type PresenceSource } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import { settleSession, type SessionLedger } from './derive-session.js';
import { presenceRows, sessionRows, spanRows, type SessionRow } from './evidence.queries.js';
import { rulingRows, rulingsOf } from './rulings.queries.js';

/** A span that counts, with when it played. */
export interface ShownSpan {
  readonly seq: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly rate: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** How much of it, by the clock, played while the learner was there. */
  readonly presentMs: number;
}

/** When the learner was there; `to` null: until the end. */
export interface ShownPresence {
  readonly seq: number;
  readonly grade: PresenceGrade;
  /** A device's report, a head that was claimed, or an organiser's word. */
  readonly source: PresenceSource;
  readonly from: Date;
  readonly to: Date | null;
}

/** All of one session that counts for one learner. */
export interface ShownEvidence {
  readonly spans: readonly ShownSpan[];
  readonly presences: readonly ShownPresence[];
}

/** From the ledger, by the functions that derive the numbers: the story that is told is the one that was counted. Nothing of folded sessions. */
export async function evidenceOf(
  db: EntityManager,
  sessionIds: readonly string[],
  learnerId: string,
): Promise<Map<string, ShownEvidence>> {
  const sessions = (await sessionRows(db, sessionIds)).filter(({ folded }) => !folded);
  const [spans, presences] = [await spanRows(db, sessionIds), await presenceRows(db, sessionIds)];
  const rulings = await rulingRows(db, sessionIds);
  return new Map(
    sessions.map((session) => {
      const ledger = {
        spans: spans.filter(({ session_id }) => session_id === session.id),
        presences: presences.filter(({ session_id }) => session_id === session.id),
        rulings: rulingsOf(rulings, session.id),
      };
      return [session.id, shown(session, ledger, learnerId)];
    }),
  );
}

function shown(session: SessionRow, ledger: SessionLedger, learnerId: string): ShownEvidence {
  const { spans, presences, dating, attendances } = settleSession(session, ledger);
  const there = attendances.find((attendance) => attendance.learnerId === learnerId)?.played ?? [];
  const at = (clockMs: number) => new Date(dating.wallZeroMs + clockMs);
  return {
    spans: spans.counted.map(({ seq, fromMs, toMs, rate, clockFromMs, clockToMs }) => ({
      seq,
      fromMs,
      toMs,
      rate,
      startedAt: at(clockFromMs),
      endedAt: at(clockToMs),
      presentMs: totalMs(intersect([[clockFromMs, clockToMs]], there)),
    })),
    presences: presences.counted
      .filter((presence) => presence.learnerId === learnerId)
      .map(({ seq, grade, clockFromMs, clockToMs }) => ({
        seq,
        grade,
        source: sourceOfPresence(seq),
        from: at(clockFromMs),
        to: clockToMs === null ? null : at(clockToMs),
      })),
  };
}
