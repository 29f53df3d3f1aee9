import type { HallCheckIn, HallClaim, HallClaimState } from '#libs/contracts';
import type { EntityManager } from 'typeorm';

/** What a hall's device has told of a session, and when it was, as far as the house knows. */
export interface ClaimedSession {
  readonly credential: string;
  readonly boot_id: string;
  readonly edition_id: string;
  readonly site_id: string;
  readonly clock_at_start_ms: number;
  readonly claimed_start: Date | null;
  readonly key: Buffer;
  /** Null until it has been derived. */
  readonly started_at: Date | null;
  readonly dated_by: 'anchor' | 'claim' | 'receipt' | null;
  /** The reading of its clock at `started_at`. */
  readonly first_clock_ms: number;
}

export const claimedSession = async (db: EntityManager, sessionId: string): Promise<ClaimedSession | undefined> => {
  const rows = await db.query<ClaimedSession[]>(
    `SELECT session.credential, session.boot_id, session.edition_id, session.site_id,
            session.clock_at_start_ms::float8, session.claimed_start, hall_key.key, record.started_at, record.dated_by,
            coalesce((SELECT min(clock_from_ms) FROM tracking_span WHERE session_id = session.id),
                     session.clock_at_start_ms)::float8 AS first_clock_ms
     FROM tracking_session session JOIN hall_key ON hall_key.session_id = session.id
     LEFT JOIN session_record record ON record.session_id = session.id
     WHERE session.id = $1 AND session.kind = 'hall' AND session.site_id IS NOT NULL`,
    [sessionId],
  );
  return rows[0];
};

/** False when this credential has sent no such hall session. The first key of a session stands. */
export const keepKey = async (
  db: EntityManager,
  { sessionId, handle }: { sessionId: string; handle: string },
  credential: string,
  key: Buffer,
): Promise<boolean> => {
  await db.query(
    `INSERT INTO hall_key (session_id, key, handle)
     SELECT id, $3, $4 FROM tracking_session WHERE id = $1 AND credential = $2 AND kind = 'hall' ON CONFLICT DO NOTHING`,
    [sessionId, credential, key, handle],
  );
  const rows = await db.query<unknown[]>(
    `SELECT FROM tracking_session JOIN hall_key ON session_id = id WHERE id = $1 AND credential = $2`,
    [sessionId, credential],
  );
  return rows.length > 0;
};

/** How many claims of a learner wait for halls that have not reported. */
export const waitingClaims = async (db: EntityManager, learnerId: string): Promise<number> => {
  const [row] = await db.query<[{ count: number }]>(
    `SELECT count(*)::int FROM hall_claim WHERE learner_id = $1 AND state = 'pending'`,
    [learnerId],
  );
  return row.count;
};

/** Undefined until the hall has told its key. */
export const sessionOfHandle = async (db: EntityManager, handle: string): Promise<string | undefined> => {
  const rows = await db.query<{ session_id: string }[]>(`SELECT session_id FROM hall_key WHERE handle = $1`, [handle]);
  return rows[0]?.session_id;
};

/** Of one learner in one session: who was there needs few, who tries one moment after another needs many. */
const MOST_TRIES = 10;

/**
 * The last claim of each learner of a session: another takes the place and the seat of one that does not count, and a later
 * scan the place of one that does: the learner may have left since, and is back. What counts keeps its seat for ever.
 */
export const keepClaim = async (
  db: EntityManager,
  handle: string,
  learnerId: string,
  { step, code, ageMs }: HallClaim,
  batchId: string,
): Promise<void> => {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('hall_claim ' || $1, 0))`, [handle]);
  await db.query(
    `INSERT INTO hall_claim (handle, learner_id, step, code, scanned_at, seat, batch_id)
     SELECT $1, $2, $3, $4, now() - $5 * interval '1 ms',
            (SELECT coalesce(max(seat) + 1, 0) FROM hall_claim WHERE handle = $1), $6
     ON CONFLICT (handle, learner_id) DO UPDATE
     SET step = excluded.step, code = excluded.code, scanned_at = excluded.scanned_at, received_at = now(),
         seat = CASE hall_claim.state WHEN 'counted' THEN excluded.seat ELSE hall_claim.seat END, batch_id = excluded.batch_id, state = 'pending', tries = hall_claim.tries + 1
     WHERE hall_claim.tries < $7
       AND (hall_claim.state = 'refused' OR hall_claim.state = 'counted' AND hall_claim.step < excluded.step)`,
    [handle, learnerId, step, code, ageMs, batchId, MOST_TRIES],
  );
};

export interface PendingClaim {
  readonly learner_id: string;
  readonly step: number;
  readonly code: string;
  readonly scanned_at: Date;
  readonly received_at: Date;
  readonly seat: number;
  readonly batch_id: string;
}

export const pendingClaims = (db: EntityManager, handle: string): Promise<PendingClaim[]> =>
  db.query(
    `SELECT learner_id, step, code, scanned_at, received_at, seat, batch_id FROM hall_claim
     WHERE handle = $1 AND state = 'pending' ORDER BY seat LIMIT 500`,
    [handle],
  );

/** Of the claim that was judged, and of none that has come in its place since. */
export const decideClaim = async (
  db: EntityManager,
  handle: string,
  { learner_id, batch_id }: Pick<PendingClaim, 'learner_id' | 'batch_id'>,
  { state, grade }: HallClaimState,
): Promise<void> => {
  await db.query(
    `UPDATE hall_claim SET state = $4, grade = $5
     WHERE handle = $1 AND learner_id = $2 AND batch_id = $3 AND state = 'pending'`,
    [handle, learner_id, batch_id, state, grade],
  );
};

export const stateOfClaim = async (
  db: EntityManager,
  handle: string,
  learnerId: string,
): Promise<HallClaimState | undefined> => {
  const rows = await db.query<HallClaimState[]>(
    `SELECT state, grade FROM hall_claim WHERE handle = $1 AND learner_id = $2`,
    [handle, learnerId],
  );
  return rows[0];
};

/** Whom phones have let into a session, and who has not left since; undefined when this credential has sent no such session. */
export const openCheckIns = async (
  db: EntityManager,
  sessionId: string,
  credential: string,
  { firstSeq, limit }: { firstSeq: number; limit: number },
): Promise<HallCheckIn[] | undefined> => {
  const rows = await db.query<[{ items: HallCheckIn[] }?]>(
    `SELECT coalesce((
       SELECT json_agg(json_build_object(
                'seq', seq, 'learnerId', learner_id, 'clockFromMs', clock_from_ms, 'grade', grade) ORDER BY seq)
       FROM (SELECT seq, learner_id, clock_from_ms, grade FROM tracking_presence
             WHERE session_id = tracking_session.id AND seq >= $3 AND clock_to_ms IS NULL
             ORDER BY seq LIMIT $4) AS present), '[]') AS items
     FROM tracking_session WHERE id = $1 AND credential = $2 AND kind = 'hall'`,
    [sessionId, credential, firstSeq, limit],
  );
  return rows[0]?.items;
};
