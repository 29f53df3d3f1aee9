import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { freshDatabase } from '../../../../test/support/database.js';
import { appendAudit, createDataSource, verifyAudit, type AuditVerdict } from '../index.js';

let database: DataSource;
beforeAll(async () => {
  database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
});
afterAll(() => database.destroy());

const entry = (number: number) => ({ by: 'house', deed: 'pipeline-paused', facts: { number } }) as const;
const add = (number: number) => database.transaction((tx) => appendAudit(tx, entry(number)));
const verify = (noted?: string) => verifyAudit(database.manager, noted);
const heads: AuditVerdict[] = [];

describe('the audit log', () => {
  it('is a chain that holds before anything has been done', async () => {
    expect(await verify()).toMatchObject({ holds: true, entries: 0 });
  });

  it('never forks and skips no number, however many write at once and some go back', async () => {
    const deeds = Array.from({ length: 40 }, (_, number) =>
      database.transaction(async (tx) => {
        await appendAudit(tx, entry(number));
        if (number % 4 === 0) throw new Error('the deed failed');
      }),
    );
    const done = await Promise.allSettled(deeds);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
    heads.push(await verify());
    expect(heads[0]).toMatchObject({ holds: true, entries: 30 });
  });

  it('is written in the transaction of the deed, or not at all', async () => {
    await expect(appendAudit(database.manager, entry(0))).rejects.toThrow('transaction of its deed');
  });

  it.each([`UPDATE audit_entry SET content = ''`, 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])(
    'takes inserts only: %s',
    (statement) => expect(database.query(statement)).rejects.toThrow('audit_entry takes inserts only'),
  );
});

describe('the check of the chain', () => {
  /** What only somebody who owns the database can do: the change, looked at, and taken back. */
  const after = async (statement: string, noted?: string): Promise<AuditVerdict> => {
    const runner = database.createQueryRunner();
    await runner.startTransaction();
    await runner.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_inserts_only');
    await runner.query(statement);
    const verdict = await verifyAudit(runner.manager, noted);
    await runner.rollbackTransaction();
    await runner.release();
    return verdict;
  };
  const noted = () => (heads[0]?.holds ? heads[0].head : '');

  it.each([
    [`UPDATE audit_entry SET content = replace(content, 'house', 'horse') WHERE seq = 7`, 7, 'not what was written'],
    [
      `UPDATE audit_entry SET content = content || ' ', hash = sha256(previous || convert_to(content || ' ', 'UTF8')) WHERE seq = 30`,
      30,
      'canonical',
    ],
    [`DELETE FROM audit_entry WHERE seq = 7`, 8, 'entry 7 is missing'],
    [`DELETE FROM audit_entry WHERE seq = 1`, 2, 'entry 1 is missing'],
    [`UPDATE audit_entry SET previous = decode(repeat('01', 32), 'hex') WHERE seq = 7`, 7, 'does not follow'],
  ])('finds %s', async (statement, seq, why) => {
    expect(await after(statement)).toEqual({ holds: false, seq, why: expect.stringContaining(why) });
  });

  it('finds an end that was cut off, or written anew, by a place that was noted earlier', async () => {
    await add(99);
    expect(await verify(noted())).toMatchObject({ holds: true, entries: 31 });
    const cut = 'DELETE FROM audit_entry WHERE seq >= 30';
    expect(await after(cut)).toMatchObject({ holds: true, entries: 29 });
    expect(await after(cut, noted())).toMatchObject({ holds: false, seq: 30 });
  });
});
