import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The few numbers that have become old are found among millions. No BRIN: what goes makes room among the old for the new, and
 * its ranges would soon hold all times.
 */
export class IndexOldNumbers1795302400000 implements MigrationInterface {
  readonly name = 'IndexOldNumbers1795302400000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX device_batch_received_at_idx ON device_batch (received_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX device_batch_received_at_idx`);
  }
}
