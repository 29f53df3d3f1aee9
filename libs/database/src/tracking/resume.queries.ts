import type { EntityManager } from 'typeorm';

/** So close to the end, a lecture begins anew. */
const NEARLY_OVER_MS = 10_000;

/** Where a learner left off in an edition, ms: the end of what they played last; 0 at first, and after the end. */
export const resumePosition = async (db: EntityManager, learnerId: string, editionId: string): Promise<number> => {
  const rows = await db.query<{ to_ms: number }[]>(
    `SELECT span.to_ms FROM tracking_span span
     JOIN edition ON edition.id = $2
     WHERE span.session_id = (
       SELECT session.id FROM tracking_session session
       WHERE learner_id = $1 AND edition_id = $2 AND EXISTS (SELECT FROM tracking_span WHERE session_id = session.id)
       ORDER BY first_received_at DESC, id DESC LIMIT 1)
     AND span.to_ms < edition.duration_ms - $3::int
     AND NOT EXISTS (SELECT FROM tracking_span later WHERE later.session_id = span.session_id AND later.clock_to_ms > span.clock_to_ms)
     LIMIT 1`,
    [learnerId, editionId, NEARLY_OVER_MS],
  );
  return rows[0]?.to_ms ?? 0;
};
