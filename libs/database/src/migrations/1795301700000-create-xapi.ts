import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is told to a learning record store. All that names a learner goes with the learner: an erasure drops what waits.
 */
export class CreateXapi1795301700000 implements MigrationInterface {
  readonly name = 'CreateXapi1795301700000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(tables);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE xapi_statement, xapi_registration, xapi_told, xapi_due, xapi_sender`);
  }
}

const tables = `
  CREATE TABLE xapi_sender (
    is_only boolean NOT NULL DEFAULT true PRIMARY KEY CHECK (is_only),
    host text NOT NULL,
    settle_ms integer NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL DEFAULT 'sending',
    status integer,
    failures integer NOT NULL DEFAULT 0,
    not_before timestamptz NOT NULL DEFAULT now(),
    sent bigint NOT NULL DEFAULT 0,
    sent_at timestamptz
  );
  CREATE TABLE xapi_due (session_id uuid NOT NULL PRIMARY KEY, due_at timestamptz NOT NULL);
  CREATE INDEX xapi_due_due_at_idx ON xapi_due (due_at);
  CREATE TABLE xapi_told (
    session_id uuid NOT NULL,
    learner_id uuid NOT NULL REFERENCES learner ON DELETE CASCADE,
    clocks int8multirange NOT NULL,
    PRIMARY KEY (session_id, learner_id)
  );
  CREATE INDEX xapi_told_learner_id_idx ON xapi_told (learner_id);
  CREATE TABLE xapi_registration (
    learner_id uuid NOT NULL REFERENCES learner ON DELETE CASCADE,
    edition_id uuid NOT NULL,
    segments jsonb NOT NULL DEFAULT '[]',
    spent int8multirange NOT NULL DEFAULT '{}',
    complete boolean NOT NULL DEFAULT false,
    is_cut boolean NOT NULL DEFAULT false,
    PRIMARY KEY (learner_id, edition_id)
  );
  CREATE TABLE xapi_statement (
    id uuid NOT NULL PRIMARY KEY,
    place bigint GENERATED ALWAYS AS IDENTITY,
    learner_id uuid NOT NULL REFERENCES learner ON DELETE CASCADE,
    statement json NOT NULL,
    refused_at timestamptz,
    status integer,
    detail text
  );
  CREATE INDEX xapi_statement_place_idx ON xapi_statement (place) WHERE refused_at IS NULL;
  CREATE INDEX xapi_statement_refused_at_idx ON xapi_statement (refused_at, id) WHERE refused_at IS NOT NULL;
  CREATE INDEX xapi_statement_learner_id_idx ON xapi_statement (learner_id);
`;
