import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Account, createDataSource, Edition, Job, PipelineSwitch, Worker } from '#libs/database';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { seedCountry } from '../../../../test/support/people.js';
import { addJobs, claim } from './jobs.queries.js';

describe('whose turn it is', () => {
  let database: DataSource;
  let lectureId: string;
  let people: string[];
  let number = 0;
  const me = uuidv7();
  beforeAll(async () => {
    database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
    lectureId = (await seedCountry(database)).lecture.id;
    people = (await database.manager.find(Account, { take: 2 })).map(({ id }) => id);
  });
  afterAll(() => database.destroy());
  beforeEach(async () => {
    await database.manager.deleteAll(Edition);
    await database.manager.deleteAll(Worker);
    await database.manager.update(PipelineSwitch, { one: true }, { paused: false });
  });

  /** An edition of so many chunks, as its probe leaves it. */
  const plan = async (uploadedBy: string | undefined, chunks: number, values: Partial<Edition> = {}) => {
    const id = uuidv7();
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x', uploadedBy: uploadedBy ?? null };
    const row = { id, lectureId, number: (number += 1), ...source };
    await database.manager.insert(Edition, row);
    await database.manager.update(Edition, id, { priority: values.priority ?? 0, paused: values.paused ?? false });
    const edition = await database.manager.findOneByOrFail(Edition, { id });
    const jobs = Array.from({ length: chunks }, (_, chunkIndex) => ({ kind: 'chunk' as const, chunkIndex }));
    await addJobs(database.manager, edition, jobs);
    return edition;
  };
  const anyJob = async () => ({ jobId: (await database.manager.findOneByOrFail(Job, {})).id });
  const next = async () => claim(database.manager, await anyJob(), me);
  /** Editions by their number since the first, with the chunk: `0:0` is the first one's first. */
  const turns = async (count: number, first: Edition) => {
    const seen: string[] = [];
    for (let turn = 0; turn < count; turn++) {
      const claimed = await next();
      seen.push(claimed ? `${claimed.edition.number - first.number}:${claimed.job.chunkIndex}` : 'none');
    }
    return seen;
  };

  it("is every uploader's in turn, first chunks before later ones", async () => {
    const first = await plan(people[0], 2);
    await plan(people[0], 2);
    await plan(people[1], 2);
    expect(await turns(7, first)).toEqual(['0:0', '2:0', '1:0', '0:1', '2:1', '1:1', 'none']);
  });

  it('is that of a higher priority before all, and never that of what rests', async () => {
    const first = await plan(people[0], 2);
    await plan(people[0], 2, { priority: 1 });
    await plan(people[1], 1, { paused: true });
    expect(await turns(5, first)).toEqual(['1:0', '1:1', '0:0', '0:1', 'none']);
  });

  it("is nobody's while the house rests", async () => {
    await plan(people[0], 1);
    await database.manager.update(PipelineSwitch, { one: true }, { paused: true });
    expect(await next()).toBeUndefined();
  });

  it("is another worker's after a failure, if there is one, for a while", async () => {
    const { id } = await plan(people[0], 1);
    await database.manager.update(
      Job,
      { editionId: id },
      { failureCode: 'encode-failed', workerId: me, notBefore: new Date() },
    );
    expect((await next())?.edition.id).toBe(id);
    const failed = { state: 'waiting', failureCode: 'encode-failed', notBefore: new Date() } as const;
    await database.manager.update(Job, { editionId: id }, failed);
    await database.manager.insert(Worker, { id: uuidv7(), missingProtections: [] });
    expect(await next()).toBeUndefined();
    await database.query(`UPDATE job SET not_before = now() - interval '21 seconds'`);
    expect((await next())?.edition.id).toBe(id);
  });

  it('is never taken twice', async () => {
    await plan(people[0], 8);
    const ref = await anyJob();
    const claimed = await Promise.all(Array.from({ length: 12 }, () => claim(database.manager, ref, uuidv7())));
    const taken = claimed.flatMap((one) => one?.job.id ?? []);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken).toHaveLength(8);
  });
});
