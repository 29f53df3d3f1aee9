import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource, Edition, Job, Rendition, Segment, Upload } from '#libs/database';
import { blobKey, editionFolder, hashIn, sourceKey, SOURCES } from '#libs/storage';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { DataSource, QueryDeepPartialEntity } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { seedCountry } from '../../../../test/support/people.js';
import { startStore, storeKinds, type TestStore } from '../../../../test/support/stores.js';
import { holdFence } from '../jobs/jobs.queries.js';
import { SLOTS, Sweep } from './sweep.service.js';

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;

describe.each(storeKinds)('the sweep of a store on %s', (kind) => {
  let t: TestStore;
  let database: DataSource;
  let sweep: Sweep;
  let lectureId: string;
  let number = 0;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    t = await startStore(kind);
    database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
    sweep = new Sweep(database, t.store);
    lectureId = (await seedCountry(database)).lecture.id;
  });
  afterAll(async () => {
    await database.destroy();
    await t.close();
  });

  const addEdition = async (state: Edition['state'], more: QueryDeepPartialEntity<Edition> = {}): Promise<string> => {
    const id = uuidv7();
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    await database.manager.insert(Edition, { id, lectureId, number: (number += 1), state, ...source, ...more });
    return id;
  };
  const name = async (db: DataSource['manager'], editionId: string, names: readonly string[], encode = 1) => {
    const renditionId = uuidv7();
    const shape = { kind: 'video', codecs: 'x', timescale: 1, initSha256: '0'.repeat(64), initBytes: 1 } as const;
    await db.insert(Rendition, { id: renditionId, editionId, encode, name: renditionId, ...shape });
    const pieces = names.map((piece, index) => ({
      renditionId,
      index,
      sha256: hashIn(piece) ?? '',
      bytes: 1,
      durationTicks: 1,
    }));
    if (pieces.length > 0) await db.insert(Segment, pieces);
  };
  /** A round in the hour of each of these editions. */
  const runFor = async (editionIds: readonly string[], graceMs?: number) => {
    const slots = await database.query<{ slot: number }[]>(
      `SELECT DISTINCT mod(abs(hashtext(id)::bigint), $2)::int AS slot FROM unnest($1::text[]) AS id`,
      [editionIds, SLOTS],
    );
    for (const { slot } of slots) await sweep.run(slot, never, graceMs);
  };
  const old = async (editionId: string, names: readonly string[]) => {
    for (const blob of names) await t.age(blobKey(editionId, blob), 25 * HOUR_MS);
  };

  it('removes what nothing names, keeps what something does, and lets a day pass', async () => {
    const id = await addEdition('ready');
    const names = await t.put(
      editionFolder(id),
      Array.from({ length: 30 }, () => randomBytes(9)),
    );
    const [named, left, young] = [names.slice(0, 3), names.slice(3, 28), names.slice(28)];
    await name(database.manager, id, named);
    await old(id, [...named, ...left]);
    await runFor([id]);
    expect(await t.names(editionFolder(id))).toEqual([...named, ...young].toSorted());
  });

  it('removes the folder of an edition that is gone, a day after its last blob', async () => {
    const [gone, young] = [uuidv7(), uuidv7()];
    for (const id of [gone, young]) await t.put(editionFolder(id), [randomBytes(9), randomBytes(9)]);
    await old(gone, await t.names(editionFolder(gone)));
    await old(young, (await t.names(editionFolder(young))).slice(1));
    await runFor([gone]);
    expect(await t.names(editionFolder(gone))).toEqual([]);
    expect(await t.names(editionFolder(young))).toHaveLength(2);
  });

  it('keeps the originals of editions and of uploads that are being finished, and removes the others', async () => {
    const uploadId = uuidv7();
    const [account] = await database.query<[{ id: string }]>(`SELECT id FROM account LIMIT 1`);
    const upload = { id: uploadId, accountId: account.id, lectureId, fileName: 'x', metadata: '', bytes: '1' };
    await database.manager.insert(Upload, { ...upload, state: 'verifying', expiresAt: new Date() });
    const [kept, given, gone] = [
      await addEdition('ready'),
      await addEdition('failed', { sourceKept: false }),
      uuidv7(),
    ];
    for (const id of [uploadId, kept, given, gone]) {
      const [blob = ''] = await t.put('drafts', [randomBytes(9)]);
      await t.store.putAll(SOURCES, [{ name: id, path: await pathTo(blob), content: contentOf(blob) }]);
      await t.age(sourceKey(id), 25 * HOUR_MS);
    }
    await runFor([kept]);
    expect(await t.names(SOURCES)).toEqual([uploadId, kept].toSorted());
  });

  const contentOf = (blob: string) => ({ bytes: 9, sha256: hashIn(blob) ?? '' });
  const pathTo = async (blob: string) =>
    t.store.lend(`drafts/${blob}`, contentOf(blob), await t.store.scratch.make(uuidv7()), never);

  it('forgets encodes that nobody gets any more, a day after the last thing that happened', async () => {
    const at = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
    const created = { createdAt: at(50), encode: 3, shownEncode: 2 };
    const quiet = await addEdition('ready', { ...created, publishedAt: at(25) });
    const busy = await addEdition('ready', { ...created, publishedAt: at(23) });
    for (const id of [quiet, busy]) {
      for (const encode of [1, 2, 3]) {
        const names = await t.put(editionFolder(id), [Buffer.from(`${id} ${encode}`)]);
        await name(database.manager, id, names, encode);
        await old(id, names);
      }
    }
    await runFor([quiet, busy]);
    const encodesOf = async (editionId: string) =>
      (await database.manager.findBy(Rendition, { editionId })).map(({ encode }) => encode).toSorted();
    expect([await encodesOf(quiet), await encodesOf(busy)]).toEqual([
      [2, 3],
      [1, 2, 3],
    ]);
    expect(await t.names(editionFolder(quiet))).toHaveLength(2);
    expect(await t.names(editionFolder(busy))).toHaveLength(3);
  });

  it('leaves alone what is being encoded, and what still runs after its edition has failed', async () => {
    const encoding = await addEdition('encoding');
    const failed = await addEdition('failed');
    await database.manager.insert(Job, { id: uuidv7(), editionId: failed, kind: 'chunk', state: 'running' });
    for (const id of [encoding, failed]) await t.put(editionFolder(id), [randomBytes(9)]);
    await runFor([encoding, failed], -HOUR_MS);
    for (const id of [encoding, failed]) expect(await t.names(editionFolder(id))).toHaveLength(1);
  });

  const pool = Array.from({ length: 6 }, (_, index) => Buffer.from(`piece ${index}`));
  const steps = fc.record({
    pieces: fc.uniqueArray(fc.nat(pool.length - 1), { minLength: 1 }),
    pauses: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
    end: fc.constantFrom('named', 'failed', 'named after the edition has failed'),
  });
  const pause = async (turns: number) => {
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
  };

  it('never removes what an edition names, whatever jobs store and write meanwhile, and however young it is', async () => {
    const property = fc.asyncProperty(
      fc.array(steps, { minLength: 1, maxLength: 6 }),
      fc.nat(5),
      async (jobs, leftOver) => {
        const editionId = await addEdition('ready');
        await t.put(editionFolder(editionId), pool.slice(0, leftOver));
        const state = { done: false };
        const work = async () => {
          for (const { pieces, pauses, end } of jobs) {
            await database.manager.update(Edition, editionId, { state: 'encoding' });
            const row = {
              id: uuidv7(),
              editionId,
              kind: 'chunk',
              fence: 1,
              state: 'running',
            } as const;
            await database.manager.insert(Job, { ...row, chunkIndex: (number += 1) });
            const job = database.manager.create(Job, row);
            await pause(pauses[0] ?? 0);
            if (end !== 'named') await database.manager.update(Edition, editionId, { state: 'failed' });
            const names = await t.put(
              editionFolder(editionId),
              pieces.map((piece) => pool[piece] ?? Buffer.alloc(0)),
            );
            await pause(pauses[1] ?? 0);
            await database.transaction(async (tx) => {
              if (!(await holdFence(tx, job))) throw new Error('The fence was lost.');
              if (end !== 'failed') await name(tx, editionId, names);
              await tx.update(Job, job.id, { state: 'done' });
              await tx.update(Edition, editionId, { state: 'ready' });
            });
            await pause(pauses[2] ?? 0);
          }
          state.done = true;
        };
        const future = new Date(Date.now() + HOUR_MS);
        const clean = async () => {
          while (!state.done) await sweep.sweepEdition(editionId, future);
        };
        await Promise.all([work(), clean(), clean()]);
        await sweep.sweepEdition(editionId, future);
        const rows = await database.query<{ name: string }[]>(
          `SELECT DISTINCT segment.sha256 || '.m4s' AS name FROM segment JOIN rendition ON rendition.id = rendition_id
         WHERE edition_id = $1`,
          [editionId],
        );
        expect(await t.names(editionFolder(editionId))).toEqual(rows.map((row) => row.name).toSorted());
      },
    );
    await fc.assert(property, { numRuns: kind === 'disk' ? 10 : 4 });
  });
});
