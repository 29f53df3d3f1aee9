import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a hall knows a card by without a link, and what it tells beside the ledger. */
export class HoldHalls1795301300000 implements MigrationInterface {
  readonly name = 'HoldHalls1795301300000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE roster_entry ADD card_check text, ADD card_check_of text`);
    await db.query(`
      CREATE TABLE hall_minutes (
        session_id uuid NOT NULL PRIMARY KEY,
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        speakers uuid[] NOT NULL,
        photo bytea,
        written_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX hall_minutes_site_id_idx ON hall_minutes (site_id);
      CREATE INDEX hall_minutes_speakers_idx ON hall_minutes USING gin (speakers);
      CREATE TABLE hall_key (
        session_id uuid NOT NULL PRIMARY KEY,
        handle uuid NOT NULL UNIQUE,
        key bytea NOT NULL,
        told_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE hall_claim (
        handle uuid NOT NULL,
        learner_id uuid NOT NULL REFERENCES learner ON DELETE CASCADE,
        step integer NOT NULL,
        code text NOT NULL,
        scanned_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        seat integer NOT NULL,
        tries integer NOT NULL DEFAULT 1,
        batch_id uuid NOT NULL,
        state text NOT NULL DEFAULT 'pending',
        grade text,
        PRIMARY KEY (handle, learner_id),
        UNIQUE (handle, seat)
      );
      CREATE INDEX hall_claim_learner_id_idx ON hall_claim (learner_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE hall_claim, hall_key, hall_minutes`);
    await db.query(`ALTER TABLE roster_entry DROP card_check, DROP card_check_of`);
  }
}
