import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people say of the ledger. Overrides and claims are entries of it, from which numbers are derived; disputes and flags
 * change no number. Like the ledger, all of it outlives learners and sites.
 */
export class CreateReview1795301500000 implements MigrationInterface {
  readonly name = 'CreateReview1795301500000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(ledger);
    await db.query(beside);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE flag, dispute, tracking_claim, tracking_override;
      ALTER TABLE session_minutes DROP COLUMN claimed`);
  }
}

const ledger = `
  CREATE TABLE tracking_override (
    id uuid NOT NULL PRIMARY KEY,
    session_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('annul', 'attest', 'restore')),
    clock_from_ms bigint NOT NULL,
    clock_to_ms bigint,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    reason text
  );
  CREATE INDEX tracking_override_session_id_idx ON tracking_override (session_id);
  CREATE INDEX tracking_override_learner_id_idx ON tracking_override (learner_id);
  CREATE TABLE tracking_claim (
    id uuid NOT NULL PRIMARY KEY,
    session_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    clock_from_ms bigint NOT NULL,
    clock_to_ms bigint,
    state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'declined')),
    by_learner boolean NOT NULL,
    site_id uuid NOT NULL,
    claimed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz
  );
  CREATE UNIQUE INDEX tracking_claim_session_id_learner_id_idx ON tracking_claim (session_id, learner_id)
    WHERE state <> 'declined';
  CREATE INDEX tracking_claim_learner_id_idx ON tracking_claim (learner_id);
  CREATE INDEX tracking_claim_site_id_pending_idx ON tracking_claim (site_id, id) WHERE state = 'pending';
  ALTER TABLE session_minutes ADD COLUMN claimed boolean NOT NULL DEFAULT false;
`;

const beside = `
  CREATE TABLE dispute (
    id uuid NOT NULL PRIMARY KEY,
    session_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    site_id uuid NOT NULL,
    words text NOT NULL,
    raised_at timestamptz NOT NULL,
    answer text,
    answered_by uuid,
    answered_at timestamptz
  );
  CREATE UNIQUE INDEX dispute_session_id_learner_id_open_idx ON dispute (session_id, learner_id) WHERE answered_at IS NULL;
  CREATE INDEX dispute_learner_id_idx ON dispute (learner_id);
  CREATE INDEX dispute_site_id_idx ON dispute (site_id, id);
  CREATE TABLE flag (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    site_id uuid NOT NULL,
    learner_id uuid,
    device_id uuid,
    subject text NOT NULL,
    since date NOT NULL,
    evidence jsonb NOT NULL,
    found_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'fine', 'acted')),
    note text,
    decided_by uuid,
    decided_at timestamptz,
    UNIQUE (kind, subject, since)
  );
  CREATE INDEX flag_site_id_idx ON flag (site_id, id);
  CREATE INDEX flag_learner_id_idx ON flag (learner_id);
`;
