import { dayOf } from '#libs/domain';
import { minutesOf, type DerivedSession } from './derive-session.js';
import type { Folded, FoldRow, SessionRow } from './evidence.queries.js';
import { intervalsOf } from './multirange.js';

/** The rows of a session from what stays of it: those that its spans gave, but for what was refused. */
export function deriveFolded(session: SessionRow, folded: Folded, people: readonly FoldRow[]): DerivedSession {
  const { startedMs, datedBy, playedMs } = folded;
  const day = dayOf(startedMs, session.time_zone);
  const isOnRecord = playedMs > 0 || session.kind === 'hall';
  const { id: session_id, site_id, edition_id, kind, head_count } = session;
  const record = { session_id, site_id, edition_id, kind, started_at: new Date(startedMs), dated_by: datedBy, day };
  const audience = playedMs > 0 ? people : [];
  return {
    records: isOnRecord ? [{ ...record, played_ms: playedMs, head_count }] : [],
    audience: audience.map(({ learner_id, grade, watched }) => ({
      session_id,
      learner_id,
      edition_id,
      grade,
      watched,
    })),
    minutes: audience.flatMap(({ learner_id, grade, watched, played, claimed }) =>
      minutesOf(session, { learnerId: learner_id, grade, watched, played: intervalsOf(played) }, 0, day).map((row) => {
        return { ...row, claimed };
      }),
    ),
    refusals: [],
  };
}
