import { EncodeChunk, jobOfKind, ProbeEdition } from '#libs/contracts';
import { Account, AccountRole, Course, Edition, Job, type JobKind, type JobState, Rendition } from '#libs/database';
import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import type { QueryDeepPartialEntity } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { seedEdition } from '../../../../test/support/editions.js';
import { eventually } from '../../../../test/support/eventually.js';
import { type Country, seedCountry } from '../../../../test/support/people.js';

describe('what people tell the pipeline to do', () => {
  let api: TestApi;
  let country: Country;
  let call: Call;
  beforeAll(async () => {
    api = await startApi();
    country = await seedCountry(api.database);
    const { passwordHash } = await api.database.manager.findOneByOrFail(Account, { login: 'librarian' });
    const id = uuidv7();
    await api.database.manager.insert(Account, { id, login: 'northern', name: 'northern', passwordHash });
    const role = { role: 'librarian', unitId: country.units.north } as const;
    await api.database.manager.insert(AccountRole, { id: uuidv7(), accountId: id, ...role });
    call = await clientOf(api.url, ['librarian', 'northern']);
  });
  afterAll(() => api.close());
  beforeEach(() => api.database.manager.deleteAll(Edition));

  const path = () => `/lectures/${country.lecture.id}`;
  const edition = async (values: QueryDeepPartialEntity<Edition>, number = 1) => {
    const live = values.live === true;
    const { id } = await seedEdition(api.database, api.config.mediaRoot, country.lecture.id, { number, live });
    await api.database.manager.update(Edition, { id }, values);
    return id;
  };
  const job = async (
    editionId: string,
    kind: JobKind,
    state: JobState,
    values: QueryDeepPartialEntity<Job> = {},
  ): Promise<string> => {
    const id = uuidv7();
    await api.database.manager.insert(Job, { id, editionId, kind, state, attempts: 3, fence: 3, ...values });
    return id;
  };
  const editionOf = (id: string) => api.database.manager.findOneByOrFail(Edition, { id });
  const jobOf = (id: string) => api.database.manager.findOneByOrFail(Job, { id });
  const queued = (kind: JobKind, id: string) => {
    const queue = api.app.get<Queue>(getQueueToken(jobOfKind[kind].queue), { strict: false });
    return eventually('the queued job', async () => queue.getJob(id));
  };

  describe('to try again', () => {
    it('begins a new generation: what is done is kept, all else waits again and wakes a worker', async () => {
      const id = await edition({ state: 'failed', paused: true, failureCode: 'encode-stalled' });
      const probe = await job(id, 'probe', 'done');
      const open = [await job(id, 'chunk', 'failed'), await job(id, 'audio', 'waiting')];
      expect((await call('POST', `${path()}/retry`, 'librarian')).status).toBe(202);
      const now = { state: 'encoding', generation: 2, encode: 1, paused: false, failureCode: null };
      expect(await editionOf(id)).toMatchObject(now);
      expect(await jobOf(probe)).toMatchObject({ state: 'done', generation: 1, fence: 3 });
      for (const one of open) {
        expect(await jobOf(one)).toMatchObject({ state: 'waiting', generation: 2, attempts: 0, fence: 4 });
      }
      const [chunk = ''] = open;
      expect(EncodeChunk.queue).toBe(jobOfKind.chunk.queue);
      expect(await queued('chunk', `${chunk}-2-4`)).toMatchObject({ data: { jobId: chunk } });
    });

    it('leaves what belongs to an earlier encode alone', async () => {
      const id = await edition({ state: 'failed', live: true, encode: 2, shownEncode: 1 });
      const earlier = await job(id, 'chunk', 'failed');
      const latest = await job(id, 'chunk', 'failed', { encode: 2 });
      expect((await call('POST', `${path()}/retry`, 'librarian')).status).toBe(202);
      expect(await jobOf(earlier)).toMatchObject({ state: 'failed' });
      expect(await jobOf(latest)).toMatchObject({ state: 'waiting' });
      expect(await editionOf(id)).toMatchObject({ live: true, encode: 2, shownEncode: 1 });
    });

    it('reaches an older edition by its number', async () => {
      const older = await edition({ state: 'failed' }, 1);
      const newer = await edition({ state: 'failed' }, 2);
      expect((await call('POST', `${path()}/retry?edition=1`, 'librarian')).status).toBe(202);
      expect([(await editionOf(older)).state, (await editionOf(newer)).state]).toEqual(['encoding', 'failed']);
    });

    it('is refused of what has not failed, and of what has no original any more', async () => {
      await edition({ state: 'encoding' }, 1);
      expect(await call('POST', `${path()}/retry`, 'librarian')).toMatchObject({
        status: 409,
        body: { code: 'conflict' },
      });
      await edition({ state: 'failed', sourceKept: false }, 2);
      expect(await call('POST', `${path()}/retry`, 'librarian')).toMatchObject({
        status: 409,
        body: { code: 'original-gone' },
      });
    });
  });

  describe('to encode again', () => {
    const renditionsOf = async (editionId: string) =>
      (await api.database.manager.findBy(Rendition, { editionId }))
        .map(({ name, encode }) => `${name} ${encode}`)
        .sort();

    it('begins an encode beside the one that viewers keep, from the probe on, and wakes a worker', async () => {
      const id = await edition({ live: true, shownEncode: 1 });
      await job(id, 'chunk', 'done');
      expect((await call('POST', `${path()}/re-encode`, 'librarian')).status).toBe(202);
      const now = {
        state: 'encoding',
        live: true,
        encode: 2,
        shownEncode: 1,
        generation: 2,
        progress: 0,
        priority: -1,
      };
      expect(await editionOf(id)).toMatchObject(now);
      expect(await renditionsOf(id)).toEqual(['240p 1', '480p 1', 'audio 1']);
      const probe = await api.database.manager.findOneByOrFail(Job, { editionId: id, encode: 2 });
      expect(probe).toMatchObject({ kind: 'probe', state: 'waiting', generation: 2, attempts: 0 });
      const ref = { jobId: probe.id };
      expect(await queued('probe', `${probe.id}-2-0`)).toMatchObject({ data: ref, name: ProbeEdition.queue });
      const watched = await call('GET', path(), 'librarian');
      expect(watched.body).toMatchObject({ watchable: true, state: 'encoding', durationMs: 10_000 });
    });

    it('clears away what an encode that failed has left, and nothing that viewers get', async () => {
      const id = await edition({ state: 'failed', live: true, encode: 2, shownEncode: 1 });
      const left = {
        codecs: 'x',
        timescale: 1000,
        initSha256: 'x',
        initBytes: 1,
        kind: 'video',
        name: '360p',
      } as const;
      await api.database.manager.insert(Rendition, { id: uuidv7(), editionId: id, encode: 2, ...left });
      const paid = await job(id, 'chunk', 'done', { encode: 2 });
      await job(id, 'chunk', 'failed', { encode: 2, chunkIndex: 1 });
      expect((await call('POST', `${path()}/re-encode`, 'librarian')).status).toBe(202);
      expect(await renditionsOf(id)).toEqual(['240p 1', '480p 1', 'audio 1']);
      const jobs = await api.database.manager.find(Job, { where: { editionId: id }, order: { encode: 'ASC' } });
      expect(jobs).toMatchObject([
        { id: paid, state: 'done' },
        { kind: 'probe', encode: 3 },
      ]);
    });

    it('happens once, however many ask at once', async () => {
      const id = await edition({ live: true, shownEncode: 1 });
      const asked = await Promise.all([1, 2, 3].map(() => call('POST', `${path()}/re-encode`, 'librarian')));
      expect(asked.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
      expect(await editionOf(id)).toMatchObject({ encode: 2 });
    });

    it('is refused without anything to watch, without the original, and where a retry is due', async () => {
      const refusal = async () => (await call('POST', `${path()}/re-encode`, 'librarian')).body.code as string;
      await edition({ state: 'encoding' }, 1);
      expect(await refusal()).toBe('not-watchable');
      const id = await edition({ live: true, shownEncode: 1, sourceKept: false }, 2);
      expect(await refusal()).toBe('original-gone');
      await api.database.manager.update(Edition, { id }, { sourceKept: true, state: 'failed' });
      expect(await refusal()).toBe('conflict');
    });
  });

  describe('to hurry, to wait, to rest', () => {
    it('changes the turn of an edition under way, and lets it rest and go on', async () => {
      const id = await edition({ state: 'encoding' });
      const chunk = await job(id, 'chunk', 'waiting', { attempts: 0 });
      const change = (body: object) => call('PATCH', `${path()}/pipeline`, 'librarian', body);
      expect((await change({ priority: 1, paused: true })).status).toBe(204);
      expect(await editionOf(id)).toMatchObject({ priority: 1, paused: true });
      expect((await change({ priority: -1 })).status).toBe(204);
      expect(await editionOf(id)).toMatchObject({ priority: -1, paused: true });
      expect((await change({ paused: false })).status).toBe(204);
      expect(await editionOf(id)).toMatchObject({ priority: -1, paused: false });
      expect(await queued('chunk', `${chunk}-1-3`)).toMatchObject({ data: { jobId: chunk } });
    });

    it('refuses what is no change, and what is not under way', async () => {
      const change = async (body: object) => (await call('PATCH', `${path()}/pipeline`, 'librarian', body)).status;
      await edition({ state: 'encoding' }, 1);
      for (const nonsense of [{}, { priority: 2 }, { priority: 'high' }, { paused: 1 }, { encode: 3 }]) {
        expect([nonsense, await change(nonsense)]).toEqual([nonsense, 400]);
      }
      await edition({ state: 'ready' }, 2);
      expect(await change({ paused: true })).toBe(409);
    });

    it('lets nobody pass everybody else who does not answer for everybody', async () => {
      const change = async (priority: number) =>
        (await call('PATCH', `${path()}/pipeline`, 'northern', { priority })).status;
      await api.database.manager.update(Course, { id: country.course.id }, { unitId: country.units.north });
      const id = await edition({ state: 'encoding' });
      expect(await change(1)).toBe(403);
      expect(await change(-1)).toBe(204);
      expect(await change(0)).toBe(204);
      expect(await editionOf(id)).toMatchObject({ priority: 0 });
      await api.database.manager.update(Course, { id: country.course.id }, { unitId: country.units.centre });
      expect(await change(0)).toBe(403);
    });
  });
});
