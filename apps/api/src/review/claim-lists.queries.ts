import type { ClaimableSession, ClaimItem, ClaimQuery } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import type { NameReach } from '../http/names.js';
import { about, aboutOf, type AboutRow } from './about.js';
import { CLAIM, viewOfClaim, type ClaimRow } from './claims.queries.js';
import { inReach, type Reach } from './reach.js';

const HEADS_LEFT = `record.head_count - (SELECT count(DISTINCT learner_id) FROM session_minutes
  WHERE session_minutes.session_id = record.session_id AND claimed)`;

type ItemRow = ClaimRow & AboutRow & Pick<ClaimItem, 'headsLeft'>;

/** `limit + 1` that wait at the sites in reach, the oldest first. */
export async function waitingClaims(
  db: EntityManager,
  { siteId, limit }: ClaimQuery,
  after: string | null,
  { reach, names }: { reach: Reach; names: NameReach },
): Promise<ClaimItem[]> {
  const rows = await db.query<ItemRow[]>(
    `SELECT ${CLAIM}, ${about('$6', '$7')}, coalesce(${HEADS_LEFT}, 0)::int AS "headsLeft"
     FROM tracking_claim claim JOIN site ON site.id = claim.site_id
     JOIN learner ON learner.id = claim.learner_id AND learner.erased_at IS NULL
     JOIN tracking_session session ON session.id = claim.session_id
     JOIN edition ON edition.id = session.edition_id JOIN lecture ON lecture.id = edition.lecture_id
     LEFT JOIN session_record record ON record.session_id = claim.session_id
     WHERE claim.state = 'pending' AND ${inReach('$1', '$2')}
       AND ($3::uuid IS NULL OR site.id = $3) AND ($4::uuid IS NULL OR claim.id > $4)
     ORDER BY claim.id LIMIT $5`,
    [reach.siteIds, reach.unitIds, siteId ?? null, after, limit + 1, names.siteIds, names.unitIds],
  );
  return rows.map((row) => ({ ...viewOfClaim(row), ...aboutOf(row), headsLeft: row.headsLeft }));
}

/** How far back a session that has only now arrived may lie. */
const LATEST_DAYS = 400;

/**
 * The latest fifty at the sites whose roster a learner is on: halls with heads left, in the window, of which nothing is said
 * of the learner yet.
 */
export const claimableSessions = (
  db: EntityManager,
  learnerId: string,
  windowMs: number,
): Promise<(Omit<ClaimableSession, 'startedAt' | 'claimableUntil'> & { startedAt: Date; claimableUntil: Date })[]> =>
  db.query(
    `SELECT record.session_id AS id, lecture.title AS "lectureTitle", site.name AS "siteName",
            record.started_at AS "startedAt", record.played_ms::float8 AS "playedMs",
            greatest(record.started_at, session.first_received_at) + $2 * interval '1 millisecond' AS "claimableUntil"
     FROM roster_entry entry
     JOIN session_record record ON record.site_id = entry.site_id AND record.day >= CURRENT_DATE - ${LATEST_DAYS}
     JOIN tracking_session session ON session.id = record.session_id
     JOIN site ON site.id = record.site_id
     JOIN edition ON edition.id = record.edition_id JOIN lecture ON lecture.id = edition.lecture_id
     WHERE entry.learner_id = $1 AND (entry.to_date IS NULL OR entry.to_date >= record.day)
       AND record.kind = 'hall' AND record.head_count > 0 AND record.played_ms > 0 AND ${HEADS_LEFT} > 0
       AND greatest(record.started_at, session.first_received_at) > now() - $2 * interval '1 millisecond'
       AND NOT EXISTS (SELECT FROM session_audience WHERE session_id = record.session_id AND learner_id = $1)
       AND NOT EXISTS (SELECT FROM tracking_override WHERE session_id = record.session_id AND learner_id = $1)
       AND NOT EXISTS (SELECT FROM tracking_claim WHERE session_id = record.session_id AND learner_id = $1)
     ORDER BY record.started_at DESC, record.session_id LIMIT 50`,
    [learnerId, windowMs],
  );
