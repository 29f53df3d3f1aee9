import type { PipelineView } from '#libs/contracts';
import { Edition, Job, type JobKind, type JobState, Rendition, Segment, Worker } from '#libs/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { QueryDeepPartialEntity } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { seedEdition } from '../../../../test/support/editions.js';
import { type Country, seedCountry, signIn } from '../../../../test/support/people.js';

describe('the pipeline of a lecture', () => {
  let api: TestApi;
  let country: Country;
  let cookie: string;
  beforeAll(async () => {
    api = await startApi();
    country = await seedCountry(api.database);
    ({ cookie } = await signIn(api.url, 'librarian'));
  });
  afterAll(() => api.close());
  beforeEach(() => api.database.manager.deleteAll(Edition));

  const ask = (query = '', headers: Record<string, string> = {}) =>
    fetch(`${api.url}/api/v1/lectures/${country.lecture.id}/pipeline${query}`, { headers: { cookie, ...headers } });
  const view = async (query = '') => (await (await ask(query, { 'accept-language': 'zh-CN' })).json()) as PipelineView;

  /** An edition with two pictures and sound in three segments each. */
  const edition = async (values: QueryDeepPartialEntity<Edition>, number = 1) => {
    const live = values.live === true;
    const { id } = await seedEdition(api.database, api.config.mediaRoot, country.lecture.id, { number, live });
    await api.database.manager.update(Edition, { id }, values);
    return id;
  };
  const job = (editionId: string, kind: JobKind, state: JobState, values: QueryDeepPartialEntity<Job> = {}) =>
    api.database.manager.insert(Job, { id: uuidv7(), editionId, kind, state, attempts: 1, ...values });
  const now = Date.now();
  const ago = (ms: number) => new Date(now - ms);

  it('shows how far each step is, at what speed and cost, on which machine, and what came out', async () => {
    const id = await edition({ state: 'encoding', progress: 0.5, shownEncode: 1, live: true });
    const worker = { id: uuidv7(), host: 'mill', cores: 8, missingProtections: [] };
    await api.database.manager.insert(Worker, worker);
    const paid = { workerId: worker.id, cpuMs: 7_000, bytes: '81000', startedAt: ago(60_000) };
    await job(id, 'probe', 'done');
    await job(id, 'chunk', 'done', { fromMs: 0, toMs: 12_000, ...paid, finishedAt: ago(54_000) });
    const under = { workerId: worker.id, startedAt: ago(20_000), progress: 0.5 };
    await job(id, 'chunk', 'running', { chunkIndex: 1, fromMs: 12_000, toMs: 52_000, ...under });
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      editionId: id,
      number: 1,
      editions: [{ number: 1, state: 'encoding', live: true }],
      state: 'encoding',
      live: true,
      encode: 1,
      shownEncode: 1,
      progress: 0.5,
      priority: 0,
      paused: false,
      housePaused: false,
      mayHurry: true,
      sourceName: 'lecture.mp4',
      sourceKept: true,
      jobs: [
        { kind: 'probe', state: 'done', speed: null, watchable: false, worker: null },
        {
          kind: 'chunk',
          chunkIndex: 0,
          state: 'done',
          runMs: 6_000,
          speed: 2,
          cpuMs: 7_000,
          bytes: 81_000,
          worker: { id: worker.id, host: 'mill' },
          watchable: true,
        },
        {
          kind: 'chunk',
          chunkIndex: 1,
          state: 'running',
          progress: 0.5,
          speed: expect.closeTo(1, 0),
          cpuMs: null,
          watchable: false,
        },
      ],
      renditions: [
        { name: '480p', kind: 'video', encode: 1, width: 854, height: 480, bytes: 180_700 },
        { name: '240p', kind: 'video', encode: 1, bytes: 60_700 },
        { name: 'audio', kind: 'audio', encode: 1, width: null, bytes: 27_700 },
      ],
    });
  });

  it('says of what has failed why, in the reader’s language, and when it is tried again', async () => {
    const stalled = { failureCode: 'encode-stalled', failureDetail: 'No frame for 60 s.' };
    const id = await edition({ state: 'failed', ...stalled });
    const notBefore = new Date(Date.now() + 60_000);
    await job(id, 'audio', 'waiting', { ...stalled, notBefore });
    await job(id, 'chunk', 'failed', stalled);
    const failure = {
      code: 'encode-stalled',
      title: '视频转码长时间无进展，已停止。',
      detail: 'No frame for 60 s.',
    };
    expect(await view()).toMatchObject({
      failure,
      jobs: [
        { kind: 'audio', state: 'waiting', failure, nextTryAt: notBefore.toISOString() },
        { kind: 'chunk', state: 'failed', failure, nextTryAt: null },
      ],
    });
  });

  it('shows an encode that is made beside the one that viewers get: its steps, and what came out of both', async () => {
    const id = await edition({ state: 'encoding', live: true, encode: 2, shownEncode: 1 });
    await job(id, 'chunk', 'done', { encode: 1, fromMs: 0, toMs: 10_000 });
    await job(id, 'chunk', 'running', { encode: 2, fromMs: 0, toMs: 10_000 });
    const values = { kind: 'video', codecs: 'avc1.64000d', timescale: 1000, initSha256: 'x', initBytes: 1 } as const;
    const rendition = { id: uuidv7(), editionId: id, name: '240p', encode: 2, ...values };
    await api.database.manager.insert(Rendition, rendition);
    const piece = { renditionId: rendition.id, index: 0, durationTicks: 4_000, sha256: 'y', bytes: 9 };
    await api.database.manager.insert(Segment, piece);
    const { jobs, renditions } = await view();
    expect(jobs).toMatchObject([{ state: 'running', watchable: false }]);
    const told = renditions.map(({ name, encode }) => [name, encode]);
    expect(told).toEqual([
      ['240p', 2],
      ['480p', 1],
      ['240p', 1],
      ['audio', 1],
    ]);
  });

  it('shows the newest edition, and any other by its number', async () => {
    await edition({ live: true }, 1);
    await edition({ state: 'failed' }, 2);
    expect(await view()).toMatchObject({
      number: 2,
      editions: [
        { number: 2, state: 'failed', live: false },
        { number: 1, state: 'ready', live: true },
      ],
    });
    expect(await view('?edition=1')).toMatchObject({ number: 1, state: 'ready', live: true });
    expect((await ask('?edition=3')).status).toBe(404);
    expect((await ask('?edition=x')).status).toBe(400);
  });

  it('comes as tables, too', async () => {
    const id = await edition({ state: 'ready' });
    await job(id, 'chunk', 'done', { fromMs: 0, toMs: 10_000, cpuMs: 7_000 });
    const jobs = await ask('?format=csv');
    expect(jobs.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(await jobs.text()).toMatch(/\r\nencode the picture,1,0,10000,done,/);
    const renditions = await ask('?format=csv&table=renditions', { 'accept-language': 'zh-CN' });
    expect((await renditions.text()).split('\r\n').slice(0, 2)).toEqual([
      '名称,转码次第,类型,宽,高,字节数',
      '480p,1,视频,854,480,180700',
    ]);
  });

  it('is the librarian’s alone', async () => {
    await edition({ state: 'ready' });
    const { cookie: other } = await signIn(api.url, 'auditor');
    expect((await ask('', { cookie: other })).status).toBe(403);
  });
});
