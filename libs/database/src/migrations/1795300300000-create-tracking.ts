import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger of watching (what arrived) and what is derived from it. Nothing here points at a learner or an edition by a
 * foreign key: the ledger outlives both. Keys begin with the session, so that each table can be partitioned by it.
 */
export class CreateTracking1795300300000 implements MigrationInterface {
  readonly name = 'CreateTracking1795300300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(ledger);
    await db.query(derived);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE site_day, learner_credit, session_minutes, session_audience, session_record, segment_map,
        tracking_dirty, tracking_refusal, tracking_presence, tracking_span, tracking_session, tracking_anchor, tracking_batch`);
  }
}

const ledger = `
  CREATE TABLE tracking_batch (
    credential text NOT NULL,
    id uuid NOT NULL,
    device_id text NOT NULL,
    content_hash bytea NOT NULL,
    answer json NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (credential, id)
  );
  CREATE TABLE tracking_anchor (
    credential text NOT NULL,
    boot_id uuid NOT NULL,
    clock_ms bigint NOT NULL,
    server_time timestamptz NOT NULL,
    PRIMARY KEY (credential, boot_id, clock_ms, server_time)
  );
  CREATE TABLE tracking_session (
    id uuid NOT NULL PRIMARY KEY,
    credential text NOT NULL,
    boot_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    kind text NOT NULL,
    learner_id uuid,
    site_id uuid,
    clock_at_start_ms bigint NOT NULL,
    claimed_start timestamptz,
    first_received_at timestamptz NOT NULL,
    first_clock_to_ms bigint NOT NULL,
    sent_clock_ms bigint,
    sent_received_at timestamptz,
    head_count integer,
    head_count_batch uuid,
    note text,
    note_batch uuid
  );
  CREATE INDEX tracking_session_learner_id_edition_id_idx ON tracking_session (learner_id, edition_id);
  CREATE INDEX tracking_session_site_id_idx ON tracking_session (site_id);
  CREATE INDEX tracking_session_edition_id_idx ON tracking_session (edition_id);
  CREATE INDEX tracking_session_boot_id_idx ON tracking_session (boot_id);
  CREATE TABLE tracking_span (
    session_id uuid NOT NULL,
    seq integer NOT NULL,
    clock_from_ms bigint NOT NULL,
    from_ms integer NOT NULL,
    rate_thousandths integer NOT NULL,
    clock_to_ms bigint NOT NULL,
    to_ms integer NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (session_id, seq, clock_from_ms, from_ms, rate_thousandths)
  ) WITH (fillfactor = 80);
  CREATE TABLE tracking_presence (
    session_id uuid NOT NULL,
    seq integer NOT NULL,
    clock_from_ms bigint NOT NULL,
    learner_id uuid NOT NULL,
    grade text NOT NULL,
    clock_to_ms bigint,
    PRIMARY KEY (session_id, seq, clock_from_ms, learner_id, grade)
  );
  CREATE INDEX tracking_presence_learner_id_idx ON tracking_presence (learner_id);
  CREATE TABLE tracking_refusal (
    session_id uuid NOT NULL,
    credential text NOT NULL,
    item text NOT NULL,
    seq integer NOT NULL,
    code text NOT NULL,
    detail text COLLATE "C" NOT NULL,
    learner_id uuid,
    edition_id uuid NOT NULL,
    derived boolean NOT NULL DEFAULT false,
    PRIMARY KEY (session_id, credential, item, seq, code)
  );
  CREATE INDEX tracking_refusal_learner_id_idx ON tracking_refusal (learner_id);
  CREATE TABLE tracking_dirty (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id uuid NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    not_before timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX tracking_dirty_session_id_idx ON tracking_dirty (session_id);
  CREATE TABLE segment_map (
    old_edition_id uuid NOT NULL,
    new_edition_id uuid NOT NULL,
    segments jsonb NOT NULL,
    PRIMARY KEY (old_edition_id, new_edition_id)
  );
  CREATE INDEX segment_map_new_edition_id_idx ON segment_map (new_edition_id);
`;

const derived = `
  CREATE TABLE session_record (
    session_id uuid NOT NULL PRIMARY KEY,
    site_id uuid,
    edition_id uuid NOT NULL,
    kind text NOT NULL,
    started_at timestamptz NOT NULL,
    dated_by text NOT NULL,
    day date NOT NULL,
    played_ms bigint NOT NULL,
    head_count integer NOT NULL
  );
  CREATE INDEX session_record_site_id_day_idx ON session_record (site_id, day);
  CREATE TABLE session_audience (
    session_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    grade text NOT NULL,
    watched jsonb NOT NULL,
    PRIMARY KEY (session_id, learner_id)
  );
  CREATE INDEX session_audience_learner_id_edition_id_idx ON session_audience (learner_id, edition_id);
  CREATE TABLE session_minutes (
    session_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    day date NOT NULL,
    edition_id uuid NOT NULL,
    site_id uuid,
    grade text NOT NULL,
    played int8multirange NOT NULL,
    PRIMARY KEY (session_id, learner_id, day)
  );
  CREATE INDEX session_minutes_learner_id_edition_id_idx ON session_minutes (learner_id, edition_id);
  CREATE INDEX session_minutes_site_id_day_idx ON session_minutes (site_id, day);
  CREATE TABLE learner_credit (
    learner_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    length_ms integer NOT NULL,
    covered_ms integer NOT NULL,
    minutes_ms bigint NOT NULL,
    credit_ms integer NOT NULL,
    complete boolean NOT NULL,
    rule_version integer NOT NULL,
    covered_by_grade jsonb NOT NULL,
    watched jsonb NOT NULL,
    derived_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (learner_id, edition_id)
  );
  CREATE INDEX learner_credit_edition_id_learner_id_idx ON learner_credit (edition_id, learner_id);
  CREATE TABLE site_day (
    site_id uuid NOT NULL,
    day date NOT NULL,
    edition_id uuid,
    sessions integer NOT NULL,
    audience_a integer NOT NULL,
    audience_b integer NOT NULL,
    audience_c integer NOT NULL,
    audience_d bigint NOT NULL,
    minutes_ms bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (site_id, day, edition_id)
  );
  CREATE INDEX site_day_edition_id_idx ON site_day (edition_id, site_id);
`;
