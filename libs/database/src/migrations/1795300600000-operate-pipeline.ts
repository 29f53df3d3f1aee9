import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the screens of the pipeline read: where workers run, and indexes so that a day's work is found among years of it. */
export class OperatePipeline1795300600000 implements MigrationInterface {
  readonly name = 'OperatePipeline1795300600000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE worker ADD host text, ADD cores integer;
      CREATE INDEX job_finished_at_idx ON job (finished_at) WHERE finished_at IS NOT NULL;
      CREATE INDEX job_failed_idx ON job (edition_id) WHERE state = 'failed';
      CREATE INDEX edition_published_at_idx ON edition (published_at) WHERE published_at IS NOT NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX edition_published_at_idx, job_failed_idx, job_finished_at_idx;
      ALTER TABLE worker DROP host, DROP cores`);
  }
}
