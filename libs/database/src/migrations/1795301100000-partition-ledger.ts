import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A power of two, so that each part can be split in two later on. */
const PARTS = 16;

const indexes = {
  tracking_span: `
    ALTER TABLE tracking_span ADD PRIMARY KEY (session_id, seq, clock_from_ms, from_ms, rate_thousandths)`,
  tracking_presence: `
    ALTER TABLE tracking_presence ADD PRIMARY KEY (session_id, seq, clock_from_ms, learner_id, grade);
    CREATE INDEX tracking_presence_learner_id_idx ON tracking_presence (learner_id)`,
};
type Table = keyof typeof indexes;
const tables = Object.keys(indexes) as Table[];

/** Rows of these grow in place: room for it spares every index an entry. */
const FILL: Readonly<Record<Table, string>> = {
  tracking_span: ' WITH (fillfactor = 80)',
  tracking_presence: '',
};

/**
 * Parts of the ledger by the hash of the session: whatever a device says about its clock, its boot or its year, an item
 * comes to lie where its earlier versions are, and is one row. By time it could be sent twice into two parts.
 */
export class PartitionLedger1795301100000 implements MigrationInterface {
  readonly name = 'PartitionLedger1795301100000';

  async up(db: QueryRunner): Promise<void> {
    for (const table of tables) {
      const parts = Array.from(
        { length: PARTS },
        (_, part) =>
          `CREATE TABLE ${table}_${part} PARTITION OF ${table}
           FOR VALUES WITH (MODULUS ${PARTS}, REMAINDER ${part})${FILL[table]};`,
      );
      await moved(db, table, ' PARTITION BY HASH (session_id)', parts.join('\n'));
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of tables) await moved(db, table, FILL[table], '');
  }
}

/** Makes a table anew with all that it holds; columns that it was given meanwhile come along. */
async function moved(db: QueryRunner, table: Table, how: string, parts: string): Promise<void> {
  await db.query(`
    ALTER TABLE ${table} RENAME TO ${table}_before;
    CREATE TABLE ${table} (LIKE ${table}_before INCLUDING ALL EXCLUDING INDEXES)${how};
    ${parts}
    INSERT INTO ${table} SELECT * FROM ${table}_before;
    DROP TABLE ${table}_before;
    ${indexes[table]};`);
}
