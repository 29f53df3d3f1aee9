import type { EntityManager } from 'typeorm';

/** As long as a phone may hold a scanned code back, or a sheet may wait to be typed in. */
const LATE = `interval '400 days'`;
const LONG = `interval '24 months'`;

/** Every unit that somebody has said of how long detail is kept. */
const HAS_POLICY = `
  SELECT FROM site JOIN unit_above above USING (unit_id) JOIN retention ON retention.unit_id = above.above_id
  WHERE site.id = minutes.site_id`;

/** Looked up one by one: `OFFSET 0` keeps it from being read as a whole. */
const IS_FOLDED = `EXISTS (
  SELECT FROM tracking_session session WHERE session.id = minutes.session_id AND session.folded_at IS NOT NULL OFFSET 0)`;

/** What a `DELETE` took, as a number. */
const counted = (sql: string): string => `WITH gone AS (${sql} RETURNING 1) SELECT count(*)::int AS gone FROM gone`;

/**
 * What goes, table by table (docs/adr/0025); at most `$1` rows a statement, which gives how many went. Nothing here is
 * read by a derivation, an explanation or the answer to a batch.
 */
const STEPS = {
  /** With the detail of its session; where nobody has said how long that is, after two years. */
  minutes: counted(`
    DELETE FROM hall_minutes WHERE session_id IN (
      SELECT session_id FROM hall_minutes minutes
      WHERE (${IS_FOLDED} OR written_at < now() - ${LONG} AND NOT EXISTS (${HAS_POLICY}))
        AND NOT EXISTS (SELECT FROM dispute WHERE dispute.session_id = minutes.session_id AND answered_at IS NULL)
      LIMIT $1)`),
  /** All claims of a session at once: while there are others, their seats are taken. */
  keys: counted(`
    DELETE FROM hall_key WHERE session_id IN (
      SELECT session_id FROM hall_key WHERE told_at < now() - ${LATE} LIMIT $1)`),
  claims: counted(`
    DELETE FROM hall_claim WHERE (handle, learner_id) IN (
      SELECT handle, learner_id FROM hall_claim claim
      WHERE NOT EXISTS (SELECT FROM hall_key WHERE hall_key.handle = claim.handle)
        AND (state <> 'pending' OR received_at < now() - ${LATE})
      LIMIT $1)`),
  /** Undecided ones wait for ever: they may be the honest device's. */
  held: counted(`
    DELETE FROM held_batch WHERE (credential, id) IN (
      SELECT credential, id FROM held_batch WHERE decided_at < now() - ${LATE} LIMIT $1)`),
  /** The look for what is odd goes back a month, so none comes again. */
  flags: counted(`
    DELETE FROM flag WHERE id IN (
      SELECT id FROM flag WHERE coalesce(decided_at, found_at) < now() - ${LONG} LIMIT $1)`),
  /** Rows give way to runs of numbers: what is missing, and which number came before, is known as well. */
  numbers: `
    WITH old AS (
      DELETE FROM device_batch WHERE (device_id, lane, number) IN (
        SELECT device_id, lane, number FROM device_batch WHERE received_at < now() - interval '90 days' LIMIT $1)
      RETURNING device_id, lane, number
    ), known AS (
      DELETE FROM device_run WHERE (device_id, lane) IN (SELECT device_id, lane FROM old)
      RETURNING device_id, lane, first, last
    ), runs AS (
      SELECT device_id, lane, unnest(range_agg(int8range(first, last, '[]'))) AS run
      FROM (SELECT device_id, lane, number AS first, number AS last FROM old UNION ALL TABLE known) parts
      GROUP BY device_id, lane
    ), kept AS (
      INSERT INTO device_run SELECT device_id, lane, lower(run), upper(run) - 1 FROM runs
    )
    SELECT count(*)::int AS gone FROM old`,
} as const;

export type PruneStep = keyof typeof STEPS;
export const pruneSteps = Object.keys(STEPS) as PruneStep[];

/** @returns how many went */
export const pruneSome = async (db: EntityManager, step: PruneStep, limit: number): Promise<number> => {
  const [{ gone }] = await db.query<[{ gone: number }]>(STEPS[step], [limit]);
  return gone;
};

const ANCHORS = counted(`
  DELETE FROM tracking_anchor WHERE (credential, boot_id, clock_ms, server_time) IN (
    SELECT credential, boot_id, clock_ms, server_time FROM tracking_anchor anchor
    WHERE server_time < now() - ${LONG} AND (hashtext(boot_id::text) & 2147483647) % $2 = $1 AND NOT EXISTS (
      SELECT FROM tracking_session session WHERE session.boot_id = anchor.boot_id AND session.folded_at IS NULL)
    LIMIT $3)`);

/** Of one share of all boots: what no session that could still be dated by it needs. @returns how many went */
export const dropOrphanedAnchors = async (
  db: EntityManager,
  { share, shares }: { share: number; shares: number },
  limit: number,
): Promise<number> => {
  const [{ gone }] = await db.query<[{ gone: number }]>(ANCHORS, [share, shares, limit]);
  return gone;
};
