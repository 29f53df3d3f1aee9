import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Config } from '#libs/config';
import { Edition, Job, Rendition, Segment, Still } from '#libs/database';
import { DiskBlobStore, sourceKey } from '#libs/storage';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { testConfig } from '../../../../test/support/config.js';
import { eventually } from '../../../../test/support/eventually.js';
import { seedCountry } from '../../../../test/support/people.js';
import { movingClip } from '../../../../test/support/recordings.js';
import { addJobs } from '../jobs/jobs.queries.js';
import { Waker } from '../jobs/waker.js';
import { manifest, media } from '../../../../test/support/manifest.js';
import { WorkerModule } from '../worker.module.js';

describe('a lecture on its way through a worker', () => {
  let config: Config;
  let worker: INestApplicationContext;
  let database: DataSource;
  let store: DiskBlobStore;
  let lectureId: string;
  let number = 0;

  beforeAll(async () => {
    config = await testConfig();
    Logger.overrideLogger(false);
    worker = await NestFactory.createApplicationContext(WorkerModule.for(config));
    database = worker.get(DataSource);
    store = new DiskBlobStore(config.mediaRoot);
    lectureId = (await seedCountry(database)).lecture.id;
  });
  afterAll(async () => {
    await worker.close();
    await rm(config.mediaRoot, { recursive: true, force: true });
  });

  /** Puts a file where a finished upload lies, wakes the worker, and waits until the edition has ended. */
  const send = async (path: string): Promise<Edition> => {
    const id = uuidv7();
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    await mkdir(dirname(store.pathOf(sourceKey(id))), { recursive: true });
    await copyFile(path, store.pathOf(sourceKey(id)));
    await database.manager.insert(Edition, { id, lectureId, number: (number += 1), ...source });
    await addJobs(database.manager, await edition(id), [{ kind: 'probe' }]);
    await worker.get(Waker).wake(id, new Date(0));
    return eventually('the end of the edition', async () => {
      const now = await edition(id);
      return now.state === 'encoding' ? undefined : now;
    });
  };
  const edition = (id: string) => database.manager.findOneByOrFail(Edition, { id });
  const filesIn = (folder: string): Promise<string[]> => readdir(store.pathOf(folder)).catch(() => []);

  describe('that is whole', () => {
    let sent: Edition;
    beforeAll(async () => {
      sent = await send(await movingClip(config.mediaRoot, 20));
    });

    it('becomes ready and live, as long as it is', () => {
      expect(sent).toMatchObject({ state: 'ready', live: true, progress: 1, failureCode: null });
      expect(sent.durationMs).toBe(20_000);
    });

    it('has every rendition in segments of four seconds', async () => {
      const renditions = await database.manager.findBy(Rendition, { editionId: sent.id });
      expect(renditions.map(({ name }) => name).toSorted()).toEqual(['240p', '360p', 'audio']);
      for (const { id, timescale, kind } of renditions) {
        const segments = await database.manager.find(Segment, { where: { renditionId: id }, order: { index: 'ASC' } });
        expect(segments.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
        if (kind === 'video') expect(segments.map((piece) => piece.durationTicks / timescale)).toEqual([4, 4, 4, 4, 4]);
      }
    });

    it('has a blob for every row, whose name is its content', async () => {
      const names = await filesIn(`editions/${sent.id}`);
      for (const name of names) {
        const content = await readFile(store.pathOf(`editions/${sent.id}/${name}`));
        expect(name.split('.')[0]).toBe(createHash('sha256').update(content).digest('hex'));
      }
      const renditions = await database.manager.findBy(Rendition, { editionId: sent.id });
      const segments = await Promise.all(
        renditions.map(({ id }) => database.manager.findBy(Segment, { renditionId: id })),
      );
      const stills = await database.manager.findBy(Still, { editionId: sent.id });
      const wanted = [
        ...renditions.map(({ initSha256 }) => `${initSha256}.mp4`),
        ...segments.flat().map(({ sha256 }) => `${sha256}.m4s`),
        ...stills.map(({ sha256 }) => `${sha256}.jpg`),
      ];
      expect([...new Set(wanted)].toSorted()).toEqual(names.toSorted());
    });

    it('has a poster and thumbnails', async () => {
      const stills = await database.manager.findBy(Still, { editionId: sent.id });
      expect(stills.filter(({ kind }) => kind === 'poster')).toHaveLength(1);
      const sheets = stills.filter(({ kind }) => kind === 'sheet');
      expect(sheets).toMatchObject([{ atMs: 0, width: 800, height: 450, tileWidth: 160, tileHeight: 90 }]);
    });

    it('keeps its original and leaves no scratch', async () => {
      expect(await filesIn('sources')).toContain(sent.id);
      expect(await filesIn('work')).toEqual([]);
    });

    it('has paid for every job once', async () => {
      const jobs = await database.manager.findBy(Job, { editionId: sent.id });
      expect(jobs.map(({ kind }) => kind).toSorted()).toEqual([
        'audio',
        'chunk',
        'chunk',
        'probe',
        'publish',
        'stills',
      ]);
      expect(jobs.every(({ state, attempts }) => state === 'done' && attempts === 1)).toBe(true);
      expect(jobs.find(({ kind }) => kind === 'chunk')?.cpuMs).toBeGreaterThan(0);
    });
  });

  it('is refused with its reason and leaves nothing else, or becomes ready, whatever hostile files come at once', async () => {
    const files = manifest('hostile');
    const [ended, good] = await Promise.all([
      Promise.all(files.map(([name]) => send(join(media, 'hostile', name)))),
      movingClip(config.mediaRoot, 2).then(send),
    ]);
    expect(files.map(([name], at) => [name, ended[at]?.failureCode ?? 'accept'])).toEqual(files);
    expect(good.state).toBe('ready');
    const refused = ended.filter(({ state }) => state === 'failed');
    for (const { id, sourceKept, live, failureDetail } of refused) {
      expect({ sourceKept, live }).toEqual({ sourceKept: false, live: false });
      expect(failureDetail).toMatch(/^[^\p{Cc}]+$/u);
      await eventually('the removal', async () => ((await filesIn('sources')).includes(id) ? undefined : true));
      expect(await filesIn(`editions/${id}`)).toEqual([]);
    }
    await eventually('the end of all scratch', async () => ((await filesIn('work')).length === 0 ? true : undefined));
  }, 180_000);

  it('replaces the edition that was live before it', async () => {
    const next = await send(await movingClip(config.mediaRoot, 2));
    const live = await database.manager.findBy(Edition, { lectureId, live: true });
    expect(live.map(({ id }) => id)).toEqual([next.id]);
  });
});
