import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the scrub has found, and when the rounds of housekeeping began. */
export class CreateHousekeeping1795300700000 implements MigrationInterface {
  readonly name = 'CreateHousekeeping1795300700000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE damaged_blob (
        edition_id uuid NOT NULL REFERENCES edition ON DELETE CASCADE,
        name text NOT NULL,
        damage text NOT NULL,
        found_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (edition_id, name)
      );
      CREATE TABLE housekeeping_round (
        name text NOT NULL PRIMARY KEY,
        began_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE housekeeping_round; DROP TABLE damaged_blob`);
  }
}
