import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which workers run and what confines ffmpeg there: a machine that serves HTTP cannot see that for itself. */
export class CreateWorker1795300400000 implements MigrationInterface {
  readonly name = 'CreateWorker1795300400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE worker (
        id uuid NOT NULL PRIMARY KEY,
        missing_protections text[] NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        beat_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE worker`);
  }
}
