import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Edition, Job, Lecture, Rendition, Segment } from '#libs/database';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { freePort, startPostgres, type PostgresServer } from '../../tools/postgres.js';
import { eventually } from './eventually.js';
import { type House, startHouse } from './house.js';
import { type Country, seedCountry } from './people.js';
import { movingClip } from './recordings.js';
import { startRedis, type TestRedis } from './redis.js';
import { uploadLecture } from './theatre.js';

/** Kills what the house stands on, at moments of an encode that nobody has chosen. */
export function describeOutages(queue: 'Redis' | 'PostgreSQL'): void {
  const shared = process.env.TEST_DATABASE_URL;
  let dataDir: string;
  let port: number;
  let postgres: PostgresServer;
  let redis: TestRedis | undefined;
  let house: House;
  let country: Country;
  let clip: string;
  let position = 10;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'lectern-outage-'));
    port = await freePort();
    postgres = await startPostgres({ dataDir, port });
    redis = queue === 'Redis' ? await startRedis() : undefined;
    process.env.TEST_DATABASE_URL = postgres.urlOf('postgres');
    house = await startHouse(redis ? { REDIS_URL: redis.url } : {});
    country = await seedCountry(house.database);
    clip = await movingClip(house.mediaRoot, 40);
  }, 120_000);
  afterAll(async () => {
    process.env.TEST_DATABASE_URL = shared;
    await house.stop();
    await redis?.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const uploaded = async (): Promise<string> => {
    const lecture = { id: uuidv7(), courseId: country.course.id, title: 'Outage', position: (position += 1) };
    await house.database.manager.insert(Lecture, lecture);
    await uploadLecture(house.url, lecture.id, clip);
    return lecture.id;
  };
  /** All jobs of a lecture, once one of its chunks is under way: what is done by then must never be done again. */
  const jobsUnderWay = (lectureId: string) =>
    eventually('a chunk under way', async () => {
      const jobs = await jobsOf(lectureId);
      return jobs.some(({ kind, state }) => kind === 'chunk' && state === 'running') ? jobs : undefined;
    });
  const jobsOf = async (lectureId: string) =>
    house.database.manager.findBy(Job, { editionId: (await editionOf(lectureId)).id });
  const editionOf = (lectureId: string) => house.database.manager.findOneByOrFail(Edition, { lectureId });

  /** Ready, with every piece of every rendition there once; what was done before was not done again, no chunk more often than `losses`. */
  const expectReady = async (lectureId: string, before: readonly Job[], losses: number) => {
    const edition = await eventually(
      'the end of the encode',
      async () => {
        const now = await editionOf(lectureId).catch(() => undefined);
        return now?.state === 'encoding' ? undefined : now;
      },
      180_000,
    );
    expect(edition).toMatchObject({ state: 'ready', live: true, durationMs: 40_000, failureCode: null });
    const jobs = await jobsOf(lectureId);
    for (const { id, fence } of before.filter(({ state }) => state === 'done'))
      expect(jobs.find((job) => job.id === id)).toMatchObject({ fence });
    const again = jobs.filter(({ kind }) => kind === 'chunk').reduce((sum, { attempts }) => sum + attempts - 1, 0);
    expect(again).toBeLessThanOrEqual(losses);
    for (const { id } of await house.database.manager.findBy(Rendition, { editionId: edition.id, kind: 'video' })) {
      const pieces = await house.database.manager.find(Segment, {
        where: { renditionId: id },
        order: { index: 'ASC' },
      });
      expect(pieces.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  };

  it('PostgreSQL is killed in the middle of it and comes back', async () => {
    const lectureId = await uploaded();
    const before = await jobsUnderWay(lectureId);
    const [pid] = (await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    postgres = await startPostgres({ dataDir, port });
    await expectReady(lectureId, before, 1);
  }, 300_000);

  if (queue === 'PostgreSQL')
    it('every worker is killed, again and again', async () => {
      const lectureId = await uploaded();
      let before: Job[] = [];
      for (let kills = 0; kills < 2; kills++) {
        before = await jobsUnderWay(lectureId);
        await house.kill('worker');
        await house.start('worker');
      }
      await expectReady(lectureId, before, 2);
    }, 300_000);
  else
    it('Redis is killed in the middle of it and comes back empty', async () => {
      const lectureId = await uploaded();
      const before = await jobsUnderWay(lectureId);
      await redis?.stop('SIGKILL');
      redis = await startRedis(redis?.port);
      await expectReady(lectureId, before, 0);
    }, 300_000);
}
