import { SESSIONS_RULED } from '#libs/database';
import type { ByGrade, PresenceGrade, SessionKind } from '#libs/domain';
import type { EntityManager } from 'typeorm';

/** A session that a learner was in, with what was derived from it for them. */
export interface SessionOfLearner {
  readonly id: string;
  readonly edition_id: string;
  readonly edition_number: number;
  readonly kind: SessionKind;
  readonly site_name: string | null;
  readonly device_name: string | null;
  readonly is_paper: boolean;
  readonly is_by_staff: boolean;
  readonly received_at: Date;
  readonly folded_at: Date | null;
  readonly started_at: Date | null;
  readonly dated_by: 'anchor' | 'claim' | 'receipt' | null;
  readonly grade: PresenceGrade | null;
  readonly watched: ByGrade | null;
  /** Wall clock, as an int8multirange. */
  readonly played: string | null;
}

/** All of them for some editions, in the order in which they were played. */
export const sessionsOfLearner = (
  db: EntityManager,
  learnerId: string,
  editionIds: readonly string[],
): Promise<SessionOfLearner[]> =>
  db.query(
    `WITH concerned AS (
       SELECT id FROM tracking_session WHERE learner_id = $1 AND edition_id = ANY($2::uuid[])
       UNION
       SELECT session_id FROM tracking_attendance WHERE learner_id = $1
       UNION
       ${SESSIONS_RULED}
     )
     SELECT session.id, session.edition_id, edition.number AS edition_number, session.kind, site.name AS site_name,
            device.name AS device_name, session.credential LIKE 'paper:%' AS is_paper,
            session.credential LIKE 'account:%' AND session.kind <> 'hall' AS is_by_staff,
            session.first_received_at AS received_at, session.folded_at, record.started_at, record.dated_by,
            audience.grade, audience.watched,
            (SELECT range_agg(played)::text FROM session_minutes
             WHERE session_minutes.session_id = session.id AND session_minutes.learner_id = $1) AS played
     FROM concerned
     JOIN tracking_session session ON session.id = concerned.id AND session.edition_id = ANY($2::uuid[])
     JOIN edition ON edition.id = session.edition_id
     LEFT JOIN site ON site.id = session.site_id
     LEFT JOIN device
       ON device.id = CASE WHEN session.credential LIKE 'device:%' THEN substr(session.credential, 8)::uuid END
     LEFT JOIN session_record record ON record.session_id = session.id
     LEFT JOIN session_audience audience ON audience.session_id = session.id AND audience.learner_id = $1
     ORDER BY coalesce(record.started_at, session.first_received_at), session.id`,
    [learnerId, editionIds],
  );
