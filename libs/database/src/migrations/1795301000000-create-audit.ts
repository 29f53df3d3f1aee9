import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The chain of deeds. It holds ids, never names, and points at nothing by a foreign key: it outlives all it speaks of. */
export class CreateAudit1795301000000 implements MigrationInterface {
  readonly name = 'CreateAudit1795301000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE audit_entry (
        seq bigint NOT NULL PRIMARY KEY,
        previous bytea NOT NULL UNIQUE,
        content text NOT NULL,
        hash bytea NOT NULL
      );
      CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'audit_entry takes inserts only'; END $$;
      CREATE TRIGGER audit_entry_inserts_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE audit_entry; DROP FUNCTION refuse_change_of_audit`);
  }
}
