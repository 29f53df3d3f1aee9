import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource, DamagedBlob, Edition, Rendition, Segment } from '#libs/database';
import { blobKey, editionFolder, hashIn } from '#libs/storage';
import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { freshDatabase } from '../../../../test/support/database.js';
import { seedCountry } from '../../../../test/support/people.js';
import { startStore, storeKinds, type TestStore } from '../../../../test/support/stores.js';
import { Scrub, SHARES } from './scrub.service.js';

const never = new AbortController().signal;

describe.each(storeKinds)('the scrub of a store on %s', (kind) => {
  let t: TestStore;
  let database: DataSource;
  let scrub: Scrub;
  let editionId: string;
  let names: string[];
  const contents = Array.from({ length: 40 }, () => randomBytes(50));

  beforeAll(async () => {
    Logger.overrideLogger(false);
    t = await startStore(kind);
    database = await createDataSource({ databaseUrl: await freshDatabase() }).initialize();
    scrub = new Scrub(database, t.store);
    editionId = uuidv7();
    const { lecture } = await seedCountry(database);
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    await database.manager.insert(Edition, {
      id: editionId,
      lectureId: lecture.id,
      number: 1,
      state: 'ready',
      ...source,
    });
    names = await t.put(editionFolder(editionId), contents);
    const [init = '', ...pieces] = names;
    const renditionId = uuidv7();
    const shape = { kind: 'video', codecs: 'x', timescale: 1, initBytes: 1, initSha256: hashIn(init) ?? '' } as const;
    await database.manager.insert(Rendition, { id: renditionId, editionId, name: '240p', ...shape });
    const rows = pieces.map((piece, index) => ({ renditionId, index, sha256: hashIn(piece) ?? '' }));
    await database.manager.insert(
      Segment,
      rows.map((row) => ({ ...row, bytes: 50, durationTicks: 1 })),
    );
  });
  afterAll(async () => {
    await database.destroy();
    await t.close();
  });

  const scrubAll = async () => {
    for (let share = 0; share < SHARES; share++) await scrub.run(share, never);
  };
  const damaged = async () => {
    const found = await database.manager.find(DamagedBlob, { order: { name: 'ASC' } });
    return Object.fromEntries(found.map(({ name, damage }) => [name, damage]));
  };

  it('finds, in a hundred nights, whatever is missing or wrong, and nothing else', async () => {
    const [init = '', wrong = '', missing = ''] = names;
    await t.spoil(blobKey(editionId, wrong), 'not what was written');
    await t.store.remove(blobKey(editionId, missing));
    await scrubAll();
    const initAsNamed = init.replace('.m4s', '.mp4');
    expect(await damaged()).toEqual({ [initAsNamed]: 'missing', [wrong]: 'wrong', [missing]: 'missing' });
  });

  it('forgets what was mended, and what nothing names any more', async () => {
    const [, wrong = '', missing = ''] = names;
    await t.put(editionFolder(editionId), [contents[1] ?? Buffer.alloc(0)]);
    await database.manager.delete(Segment, { sha256: hashIn(missing) ?? '' });
    await scrub.lookAgain();
    expect(await damaged()).toEqual({ [(names[0] ?? '').replace('.m4s', '.mp4')]: 'missing' });
    expect(await t.store.sizeOf(blobKey(editionId, wrong))).toBe(50);
  });

  if (kind === 'S3') {
    it('says of no blob that it is damaged while the store is away, and of one that cannot be read that it is', async () => {
      const before = await damaged();
      t.server.fault = () => ({ status: 403, code: 'AccessDenied' });
      await expect(scrubAll()).rejects.toMatchObject({ code: 'storage-failed' });
      expect(await damaged()).toEqual(before);
      const [, , , broken = ''] = names;
      t.server.fault = (operation, key) =>
        operation === 'GetObject' && key.endsWith(broken) ? { breakOff: true } : undefined;
      await scrubAll();
      expect(await damaged()).toEqual({ ...before, [broken]: 'unreadable' });
      t.server.fault = () => undefined;
    });
  }
});
