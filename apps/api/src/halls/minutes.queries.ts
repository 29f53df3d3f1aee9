import type { EntityManager } from 'typeorm';

/** The site of a hall session that this credential has sent; undefined when it has sent none of this id. */
export const hallOf = async (db: EntityManager, sessionId: string, credential: string): Promise<string | undefined> => {
  const rows = await db.query<{ site_id: string }[]>(
    `SELECT site_id FROM tracking_session WHERE id = $1 AND credential = $2 AND kind = 'hall' AND site_id IS NOT NULL`,
    [sessionId, credential],
  );
  return rows[0]?.site_id;
};

export interface WrittenMinutes {
  readonly sessionId: string;
  readonly siteId: string;
  readonly speakers: readonly string[];
  readonly photo: Buffer | null;
}

/** A hall holds a few sessions a day, and corrects its minutes now and then; after that, once a day. */
const MOST_A_DAY = 30;
const MOST_WRITES = 20;

/**
 * Whether a device may write minutes with a photo now: of so many sessions a day, each so often; one that is here
 * already may always come again. Holds the device until the transaction ends.
 */
export const mayKeepPhoto = async (
  db: EntityManager,
  sessionId: string,
  credential: string,
  photo: Buffer,
): Promise<boolean> => {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('hall_minutes ' || $1, 0))`, [credential]);
  const [row] = await db.query<[{ others: number; writes: number; isHere: boolean }]>(
    `SELECT count(*) FILTER (WHERE session_id <> $1 AND photo IS NOT NULL)::int AS others,
            coalesce(max(writes) FILTER (WHERE session_id = $1 AND written_at > now() - interval '1 day'), 0) AS writes,
            coalesce(bool_or(session_id = $1 AND photo = $3), false) AS "isHere"
     FROM hall_minutes JOIN tracking_session session ON session.id = session_id AND session.credential = $2
     WHERE hall_minutes.site_id = (SELECT site_id FROM tracking_session WHERE id = $1)
       AND (written_at > now() - interval '1 day' OR session_id = $1)`,
    [sessionId, credential, photo],
  );
  return row.isHere || (row.others < MOST_A_DAY && row.writes < MOST_WRITES);
};

/** Those who were never on the roster of the site did not speak there. What is told later stands. */
export const writeMinutes = async (
  db: EntityManager,
  { sessionId, siteId, speakers, photo }: WrittenMinutes,
): Promise<void> => {
  await db.query(
    `INSERT INTO hall_minutes (session_id, site_id, speakers, photo)
     SELECT $1, $2, coalesce(array_agg(learner_id ORDER BY learner_id), '{}'), $4
     FROM (SELECT DISTINCT learner_id FROM roster_entry WHERE site_id = $2 AND learner_id = ANY($3::uuid[])) AS known
     ON CONFLICT (session_id) DO UPDATE SET speakers = excluded.speakers, photo = excluded.photo, written_at = now(),
       writes = hall_minutes.writes + 1
     WHERE (hall_minutes.speakers, hall_minutes.photo) IS DISTINCT FROM (excluded.speakers, excluded.photo)`,
    [sessionId, siteId, speakers, photo],
  );
};

export const photoOf = async (
  db: EntityManager,
  sessionId: string,
): Promise<{ siteId: string; photo: Buffer } | undefined> => {
  const rows = await db.query<{ siteId: string; photo: Buffer }[]>(
    `SELECT site_id AS "siteId", photo FROM hall_minutes WHERE session_id = $1 AND photo IS NOT NULL`,
    [sessionId],
  );
  return rows[0];
};
