import type { ByGrade, DatedBy, PresenceGrade, SessionKind } from '#libs/domain';
import type { EntityManager } from 'typeorm';

/** A session of the ledger with what dates and measures it. Clock readings in ms. */
export interface SessionRow {
  readonly id: string;
  readonly credential: string;
  readonly edition_id: string;
  readonly kind: SessionKind;
  readonly learner_id: string | null;
  readonly site_id: string | null;
  readonly clock_at_start_ms: number;
  readonly claimed_start: Date | null;
  readonly first_received_at: Date;
  readonly first_clock_to_ms: number;
  readonly sent_clock_ms: number | null;
  readonly sent_received_at: Date | null;
  readonly anchor_clock_ms: number | null;
  readonly anchor_server_time: Date | null;
  readonly head_count: number;
  /** Null until the edition has been measured. */
  readonly duration_ms: number | null;
  readonly time_zone: string;
  /** Of a session whose detail is gone: when it was. Nothing is accepted for it any more. */
  readonly folded: Folded | null;
}

/** What stays of a session itself once its detail is gone. */
export interface Folded {
  readonly startedMs: number;
  readonly datedBy: DatedBy;
  readonly playedMs: number;
}

/** What stays of somebody who was in a folded session. */
export interface FoldRow {
  readonly session_id: string;
  readonly learner_id: string;
  readonly grade: PresenceGrade;
  readonly watched: ByGrade;
  /** Wall clock, as an int8multirange. */
  readonly played: string;
  /** There by a claimed head alone. */
  readonly claimed: boolean;
}

export interface SpanRow {
  readonly session_id: string;
  readonly seq: number;
  readonly clock_from_ms: number;
  readonly from_ms: number;
  readonly rate_thousandths: number;
  readonly clock_to_ms: number;
  readonly to_ms: number;
  readonly received_at: Date;
}

export interface PresenceRow {
  readonly session_id: string;
  readonly seq: number;
  readonly clock_from_ms: number;
  readonly learner_id: string;
  readonly grade: PresenceGrade;
  readonly clock_to_ms: number | null;
}

export const sessionRows = (db: EntityManager, ids: readonly string[]): Promise<SessionRow[]> =>
  db.query(
    `SELECT session.id, session.credential, session.edition_id, session.kind, session.learner_id, session.site_id,
            session.clock_at_start_ms::float8, session.claimed_start, session.first_received_at,
            session.first_clock_to_ms::float8, session.sent_clock_ms::float8, session.sent_received_at,
            near.clock_ms::float8 AS anchor_clock_ms, near.server_time AS anchor_server_time,
            coalesce(session.head_count, 0) AS head_count, edition.duration_ms,
            coalesce(unit.time_zone, 'Asia/Shanghai') AS time_zone, session.folded
     FROM tracking_session session
     LEFT JOIN edition ON edition.id = session.edition_id
     LEFT JOIN site ON site.id = session.site_id
     LEFT JOIN unit ON unit.id = site.unit_id
     LEFT JOIN LATERAL (
       SELECT clock_ms, server_time FROM tracking_anchor anchor
       WHERE anchor.credential = session.credential AND anchor.boot_id = session.boot_id
       ORDER BY abs(clock_ms - session.clock_at_start_ms), clock_ms, server_time LIMIT 1
     ) near ON true
     WHERE session.id = ANY($1::uuid[])`,
    [ids],
  );

export const spanRows = (db: EntityManager, sessionIds: readonly string[]): Promise<SpanRow[]> =>
  db.query(
    `SELECT session_id, seq, clock_from_ms::float8, from_ms, rate_thousandths, clock_to_ms::float8, to_ms, received_at
     FROM tracking_span WHERE session_id = ANY($1::uuid[])`,
    [sessionIds],
  );

export const presenceRows = (db: EntityManager, sessionIds: readonly string[]): Promise<PresenceRow[]> =>
  db.query(
    `SELECT session_id, seq, clock_from_ms::float8, learner_id, grade, clock_to_ms::float8
     FROM tracking_presence WHERE session_id = ANY($1::uuid[])`,
    [sessionIds],
  );

export const foldRows = (db: EntityManager, sessionIds: readonly string[]): Promise<FoldRow[]> =>
  db.query(
    `SELECT session_id, learner_id, grade, watched, played::text, claimed FROM tracking_fold
     WHERE session_id = ANY($1::uuid[])`,
    [sessionIds],
  );
