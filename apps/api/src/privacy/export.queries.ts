import type { LearnerExport } from '#libs/contracts';
import type { EntityManager } from 'typeorm';

type Section = Exclude<keyof LearnerExport, 'exportedAt'>;

const NAMED = `LEFT JOIN site ON site.id = site_id LEFT JOIN edition ON edition.id = edition_id
  LEFT JOIN lecture ON lecture.id = edition.lecture_id`;
const NAMES = `site.name AS site_name, lecture.title AS lecture_title`;

/** By section: the rows of one learner ($1), who is or was in these sessions ($2). */
const SECTIONS: Readonly<Record<Section, string>> = {
  learner: `SELECT id, name, code, created_at, card_hash IS NOT NULL AS has_card, pin_hash IS NOT NULL AS has_pin
    FROM learner WHERE id = $1`,
  accounts: `SELECT account.id, login, name, created_at,
      ARRAY(SELECT role FROM account_role WHERE account_id = account.id ORDER BY role) AS roles
    FROM account WHERE learner_id = $1`,
  rosters: `SELECT site_id, site.name AS site_name, from_date::text, to_date::text
    FROM roster_entry JOIN site ON site.id = site_id WHERE learner_id = $1 ORDER BY from_date`,
  selections: `SELECT to_jsonb(selection) || jsonb_build_object('course_title', course.title, 'lecture_title', lecture.title) AS row
    FROM selection LEFT JOIN course ON course.id = selection.course_id LEFT JOIN lecture ON lecture.id = selection.lecture_id
    WHERE learner_id = $1`,
  signIns: `SELECT device_id, created_at, expires_at FROM sign_in
    WHERE learner_id = $1 OR account_id IN (SELECT id FROM account WHERE learner_id = $1) ORDER BY created_at`,
  outboxTokens: `SELECT device_id, created_at, expires_at FROM outbox_token WHERE learner_id = $1 ORDER BY created_at`,
  batches: `SELECT id, device_id, received_at, answer FROM tracking_batch WHERE credential = 'learner:' || $1::text ORDER BY id`,
  anchors: `SELECT boot_id, clock_ms::float8, server_time FROM tracking_anchor WHERE credential = 'learner:' || $1::text
    ORDER BY server_time`,
  sessions: `SELECT session.id, session.kind, session.site_id, session.edition_id, ${NAMES}, claimed_start,
      first_received_at, record.started_at, record.dated_by, CASE WHEN learner_id = $1 THEN note END AS note
    FROM tracking_session session
    LEFT JOIN LATERAL (SELECT started_at, dated_by FROM session_record WHERE session_id = session.id) record ON true
    ${NAMED} WHERE session.id = ANY($2::uuid[]) ORDER BY session.id`,
  presences: `SELECT session_id, seq, clock_from_ms::float8, clock_to_ms::float8, grade FROM tracking_presence
    WHERE learner_id = $1 ORDER BY session_id, seq`,
  spans: `SELECT session_id, seq, from_ms, to_ms, rate_thousandths, clock_from_ms::float8, clock_to_ms::float8, received_at
    FROM tracking_span WHERE session_id = ANY($2::uuid[]) ORDER BY session_id, seq`,
  refusals: `SELECT session_id, item, nullif(seq, -1) AS seq, code, detail, edition_id FROM tracking_refusal
    WHERE learner_id = $1 OR session_id = ANY($2::uuid[]) ORDER BY session_id, item, seq, code`,
  audiences: `SELECT session_id, edition_id, grade, watched FROM session_audience WHERE learner_id = $1 ORDER BY session_id`,
  minutes: `SELECT session_id, day::text, edition_id, ${NAMES}, grade, played::text FROM session_minutes ${NAMED}
    WHERE learner_id = $1 ORDER BY day, session_id`,
  credits: `SELECT credit.*, lecture.title AS lecture_title FROM learner_credit credit
    LEFT JOIN edition ON edition.id = edition_id LEFT JOIN lecture ON lecture.id = edition.lecture_id
    WHERE learner_id = $1 ORDER BY edition_id`,
  disputes: `SELECT session_id, edition_id, site_id, words, raised_at, answer, answered_at FROM dispute
    WHERE learner_id = $1 ORDER BY id`,
  overrides: `SELECT session_id, kind, clock_from_ms::float8, clock_to_ms::float8, made_at, reason FROM tracking_override
    WHERE learner_id = $1 ORDER BY made_at`,
  claims: `SELECT session_id, site_id, clock_from_ms::float8, clock_to_ms::float8, state, by_learner, claimed_at, decided_at
    FROM tracking_claim WHERE learner_id = $1 ORDER BY claimed_at`,
};

/** Everything about a learner, of one moment when `db` is in a transaction that reads one snapshot. */
export async function exportRows(
  db: EntityManager,
  learnerId: string,
  sessionIds: readonly string[],
): Promise<Omit<LearnerExport, 'exportedAt'>> {
  const sections: [string, unknown[]][] = [];
  for (const [section, rows] of Object.entries(SECTIONS)) {
    const [found] = await db.query<[{ rows: unknown[] }]>(
      `SELECT coalesce(json_agg(part), '[]') AS rows FROM (${rows}) part
       WHERE ($1::uuid, $2::uuid[]) IS NOT NULL`,
      [learnerId, sessionIds],
    );
    sections.push([section, found.rows]);
  }
  return Object.fromEntries(sections) as unknown as Omit<LearnerExport, 'exportedAt'>;
}
