import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers of batches that arrived long ago, without a row for each: all from `first` to `last` have come. */
export class PruneDevices1795301900000 implements MigrationInterface {
  readonly name = 'PruneDevices1795301900000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE device_run (
        device_id uuid NOT NULL,
        lane uuid NOT NULL,
        first integer NOT NULL,
        last integer NOT NULL,
        PRIMARY KEY (device_id, lane, first)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE device_run`);
  }
}
