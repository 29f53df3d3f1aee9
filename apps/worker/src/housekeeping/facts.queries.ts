import type { DeviceContact, HallAudience, HallRoll, LearnerDay, Reports } from '#libs/domain';
import type { EntityManager } from 'typeorm';

/** Sites at a time: every statement here reads the last days of at most so many, by index. */
const SITES = 500;

export const sitesAfter = async (db: EntityManager, after: string | null): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT id FROM site WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT ${SITES}`,
    [after],
  );
  return rows.map(({ id }) => id);
};

/** Sites, and the first day that is looked at. */
export interface Spell {
  readonly siteIds: readonly string[];
  readonly from: string;
}

const IN_SPELL = `record.site_id = ANY($1::uuid[]) AND record.day >= $2::date`;
const ofSpell = ({ siteIds, from }: Spell) => [siteIds, from];

/** Days of learners seen here, of at least so much, over all their sessions anywhere: a quarter of it was here. */
export const longDays = (db: EntityManager, spell: Spell, leastMs: number): Promise<LearnerDay[]> =>
  db.query(
    `SELECT here.site_id AS "siteId", here.learner_id AS "learnerId", here.day::text,
            whole.ms::float8 AS "playedMs", whole.sessions
     FROM (
       SELECT site_id, learner_id, day FROM session_minutes record, unnest(played) part
       WHERE ${IN_SPELL} GROUP BY site_id, learner_id, day HAVING sum(upper(part) - lower(part)) >= $3::bigint / 4
     ) here
     JOIN learner ON learner.id = here.learner_id AND learner.erased_at IS NULL
     CROSS JOIN LATERAL (
       SELECT (SELECT sum(upper(part) - lower(part)) FROM unnest(played) part) AS ms, sessions
       FROM (SELECT range_agg(played) AS played, array_agg(DISTINCT session_id) AS sessions
             FROM session_minutes WHERE learner_id = here.learner_id AND day = here.day) that_day
     ) whole
     WHERE whole.ms >= $3::bigint`,
    [...ofSpell(spell), leastMs],
  );

/** Of each hall: how many were on the roster that day, and how many of them were named. By site. */
export const hallRolls = (db: EntityManager, spell: Spell): Promise<HallRoll[]> =>
  db.query(
    `SELECT record.site_id AS "siteId", record.session_id AS "sessionId", record.day::text, rolls.roster, rolls.present
     FROM session_record record
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS roster, count(audience.learner_id)::int AS present
       FROM roster_entry entry
       LEFT JOIN session_audience audience
         ON audience.session_id = record.session_id AND audience.learner_id = entry.learner_id
       WHERE entry.site_id = record.site_id AND entry.from_date <= record.day
         AND (entry.to_date IS NULL OR entry.to_date > record.day)
     ) rolls
     WHERE ${IN_SPELL} AND record.kind = 'hall' AND record.played_ms > 0
     ORDER BY record.site_id, record.session_id`,
    ofSpell(spell),
  );

const AUDIENCE = `SELECT array_agg(learner_id ORDER BY learner_id) AS learners FROM session_audience WHERE session_id =`;
const hallOf = (record: string, learners: string) => `json_build_object(
  'siteId', ${record}.site_id, 'sessionId', ${record}.session_id, 'day', ${record}.day, 'learners', ${learners},
  'startMs', extract(epoch FROM ${record}.started_at) * 1000,
  'endMs', extract(epoch FROM ${record}.started_at) * 1000 + ${record}.played_ms)`;

/** Halls with the same people at two sites on one day; where the first of them was, the others are looked for. */
export const sharedAudiences = (
  db: EntityManager,
  spell: Spell,
): Promise<{ one: HallAudience; other: HallAudience }[]> =>
  db.query(
    `SELECT DISTINCT ON (record.session_id, other.session_id)
            ${hallOf('record', 'here.learners')} AS one, ${hallOf('other', 'there.learners')} AS other
     FROM session_record record
     CROSS JOIN LATERAL (${AUDIENCE} record.session_id) here
     JOIN session_minutes minutes
       ON minutes.learner_id = here.learners[1] AND minutes.day = record.day AND minutes.site_id <> record.site_id
     JOIN session_record other ON other.session_id = minutes.session_id AND other.kind = 'hall'
     CROSS JOIN LATERAL (${AUDIENCE} other.session_id) there
     WHERE ${IN_SPELL} AND record.kind = 'hall' AND record.played_ms > 0 AND there.learners = here.learners
     ORDER BY record.session_id, other.session_id`,
    ofSpell(spell),
  );

const ROSTER = `SELECT array_agg(learner_id ORDER BY learner_id) AS learners, max(from_date)::text AS since
  FROM roster_entry WHERE to_date IS NULL AND site_id =`;

/** Sites that have the same people on their rosters today. */
export const sharedRosters = (
  db: EntityManager,
  { siteIds }: Spell,
): Promise<{ siteId: string; otherSiteId: string; people: number; since: string }[]> =>
  db.query(
    `SELECT site.id AS "siteId", entry.site_id AS "otherSiteId", cardinality(here.learners) AS people,
            greatest(here.since, there.since) AS since
     FROM site
     CROSS JOIN LATERAL (${ROSTER} site.id) here
     JOIN roster_entry entry
       ON entry.learner_id = here.learners[1] AND entry.to_date IS NULL AND entry.site_id <> site.id
     CROSS JOIN LATERAL (${ROSTER} entry.site_id) there
     WHERE site.id = ANY($1::uuid[]) AND there.learners = here.learners`,
    [siteIds],
  );

/** What each device, and each learner's own player, has reported, and how much of it tells more than time allows. */
export const reportsOf = (db: EntityManager, spell: Spell): Promise<Reports[]> =>
  db.query(
    `SELECT found."siteId", learner.id AS "learnerId", device.id AS "deviceId", found.day, found.spans,
            found."fasterThanClock", found."clockOverlap", found.sessions
     FROM (
       SELECT record.site_id AS "siteId", session.credential, max(record.day)::text AS day,
              sum(kept.spans)::int AS spans, sum(refused.faster)::int AS "fasterThanClock",
              sum(refused.overlap)::int AS "clockOverlap",
              array_agg(record.session_id) FILTER (WHERE refused.faster + refused.overlap > 0) AS sessions
       FROM session_record record
       JOIN tracking_session session ON session.id = record.session_id
       CROSS JOIN LATERAL (SELECT count(*) AS spans FROM tracking_span WHERE session_id = record.session_id) kept
       CROSS JOIN LATERAL (
         SELECT count(DISTINCT seq) FILTER (WHERE code = 'faster-than-clock') AS faster,
                count(DISTINCT seq) FILTER (WHERE code = 'clock-overlap') AS overlap
         FROM tracking_refusal WHERE session_id = record.session_id AND item = 'span'
       ) refused
       WHERE ${IN_SPELL}
       GROUP BY record.site_id, session.credential HAVING sum(refused.faster + refused.overlap) > 0
     ) found
     LEFT JOIN learner ON learner.erased_at IS NULL
       AND learner.id = CASE WHEN found.credential LIKE 'learner:%' THEN substr(found.credential, 9)::uuid END
     LEFT JOIN device
       ON device.id = CASE WHEN found.credential LIKE 'device:%' THEN substr(found.credential, 8)::uuid END`,
    ofSpell(spell),
  );

/** Devices that are still trusted and have not reported for so long. */
export const quietDevices = (db: EntityManager, { siteIds }: Spell, quietMs: number): Promise<DeviceContact[]> =>
  db.query(
    `SELECT device.site_id AS "siteId", device.id AS "deviceId",
            (extract(epoch FROM device.enrolled_at) * 1000)::float8 AS "enrolledMs",
            (extract(epoch FROM latest.received_at) * 1000)::float8 AS "reportedMs"
     FROM device
     LEFT JOIN LATERAL (
       SELECT received_at FROM tracking_batch WHERE credential = 'device:' || device.id ORDER BY id DESC LIMIT 1
     ) latest ON true
     WHERE device.site_id = ANY($1::uuid[]) AND device.revoked_at IS NULL
       AND greatest(device.enrolled_at, latest.received_at) < now() - $2 * interval '1 millisecond'`,
    [siteIds, quietMs],
  );
