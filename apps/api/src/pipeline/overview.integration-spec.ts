import { EncodeChunk, type PipelineOverview } from '#libs/contracts';
import {
  Account,
  AccountRole,
  Course,
  Edition,
  Job,
  type JobKind,
  type JobState,
  Lecture,
  Worker,
} from '#libs/database';
import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import type { QueryDeepPartialEntity } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { type Country, seedCountry, signIn } from '../../../../test/support/people.js';

/** Rows as a busy house has them: two uploaders, a paused edition, a province of its own. */
describe('the pipeline of the house', () => {
  let api: TestApi;
  let country: Country;
  let call: Call;
  const editions = new Map<string, string>();
  const worker = { id: uuidv7(), host: 'mill', cores: 8, missingProtections: ['tether'] };

  beforeAll(async () => {
    api = await startApi();
    country = await seedCountry(api.database);
    const { librarian, admin } = country.accounts;
    const { passwordHash } = await api.database.manager.findOneByOrFail(Account, { login: 'librarian' });
    const northern = { id: uuidv7(), login: 'northern', name: '北方馆员' };
    await api.database.manager.insert(Account, { ...northern, passwordHash });
    const role = { role: 'admin', unitId: country.units.north } as const;
    await api.database.manager.insert(AccountRole, { id: uuidv7(), accountId: northern.id, ...role });
    call = await clientOf(api.url, ['chief', 'librarian', 'northern']);

    const ofNorth = uuidv7();
    await api.database.manager.insert(Course, { id: ofNorth, unitId: country.units.villageA, title: 'Ours' });
    const old = country.course.id;
    await underWay('first', old, { uploadedBy: librarian.id, createdAt: ago(50_000) });
    await underWay('second', old, { uploadedBy: librarian.id, createdAt: ago(40_000) });
    await underWay('rests', old, { uploadedBy: librarian.id, createdAt: ago(45_000), paused: true });
    await underWay('other', ofNorth, { uploadedBy: northern.id, createdAt: ago(30_000) });
    await underWay('urgent', old, { uploadedBy: admin.id, createdAt: ago(10_000), priority: 1 });
    await underWay('later', old, { uploadedBy: admin.id, createdAt: ago(60_000), priority: -1 });
    const published = { publishedAt: ago(60_000), durationMs: 1_800_000 };
    await underWay('ready', ofNorth, { state: 'ready', live: true, shownEncode: 1, ...published });
    await underWay('long ago', old, { state: 'ready', publishedAt: ago(90_000_000), durationMs: 60_000 });
    await underWay('failed', old, { state: 'failed' });

    await api.database.manager.insert(Worker, { ...worker });
    await api.database.manager.insert(Worker, { id: uuidv7(), missingProtections: [], beatAt: ago(900_000) });
    await job('urgent', 'chunk', 'running', { workerId: worker.id, startedAt: ago(5_000), progress: 0.25 });
    await job('first', 'chunk', 'waiting', { notBefore: ago(30_000) });
    await job('rests', 'chunk', 'waiting', { notBefore: ago(3_000_000) });
    await job('failed', 'audio', 'failed', { finishedAt: ago(1_000) });
    await job('failed', 'chunk', 'waiting');
    await job('ready', 'chunk', 'done', { cpuMs: 9_000, bytes: '5000000000', finishedAt: ago(61_000) });
    await job('ready', 'audio', 'done', { cpuMs: 1_000, bytes: '1', finishedAt: ago(61_000) });
    await job('long ago', 'chunk', 'done', { cpuMs: 5, bytes: '5', finishedAt: ago(90_000_000) });
  });
  afterAll(() => api.close());

  const ago = (ms: number) => new Date(Date.now() - ms);
  async function underWay(title: string, courseId: string, values: QueryDeepPartialEntity<Edition>) {
    const [id, lectureId] = [uuidv7(), uuidv7()];
    const position = editions.size + 1;
    await api.database.manager.insert(Lecture, { id: lectureId, courseId, position, title });
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    await api.database.manager.insert(Edition, { id, lectureId, number: 1, ...source, ...values });
    editions.set(title, id);
  }
  async function job(title: string, kind: JobKind, state: JobState, values: QueryDeepPartialEntity<Job> = {}) {
    await api.database.manager.insert(Job, {
      id: uuidv7(),
      editionId: editions.get(title) ?? '',
      kind,
      state,
      ...values,
    });
  }
  const view = async (login: string) => (await call('GET', '/pipeline', login)).body as PipelineOverview;
  const titles = ({ editions: listed }: PipelineOverview) =>
    listed.map(({ lectureTitle, place }) => [lectureTitle, place]);

  it('lists editions in the order of work: what is urgent, then each uploader in turn, what rests last', async () => {
    const body = await view('chief');
    expect(titles(body)).toEqual([
      ['urgent', 1],
      ['first', 2],
      ['other', 3],
      ['second', 4],
      ['later', 5],
      ['rests', null],
    ]);
    expect(body).toMatchObject({ whole: true, paused: false, editionCount: 6 });
    expect(body.editions[2]).toMatchObject({
      unitName: 'Village A',
      uploader: '北方馆员',
      watchable: false,
      number: 1,
    });
  });

  it('tells how much of each kind waits, runs and has failed, and the oldest wait of what does not rest', async () => {
    const { queues } = await view('chief');
    const none = { waiting: 0, running: 0, failed: 0, oldestWaitMs: null };
    expect(queues).toEqual([
      { kind: 'probe', ...none },
      { kind: 'stills', ...none },
      { kind: 'audio', ...none, failed: 1 },
      { kind: 'chunk', waiting: 2, running: 1, failed: 0, oldestWaitMs: expect.any(Number) },
      { kind: 'publish', ...none },
    ]);
    const { oldestWaitMs } = queues[3] ?? {};
    expect(oldestWaitMs).toBeGreaterThanOrEqual(30_000);
    expect(oldestWaitMs).toBeLessThan(3_000_000);
  });

  it('tells who works, on what, and what protection is missing there', async () => {
    const { workers } = await view('chief');
    expect(workers).toEqual([
      {
        ...worker,
        startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        beatAgeMs: expect.any(Number),
        jobs: [
          {
            lectureId: expect.any(String),
            lectureTitle: 'urgent',
            kind: 'chunk',
            chunkIndex: 0,
            progress: 0.25,
            runMs: expect.any(Number),
          },
        ],
      },
    ]);
  });

  it('sums up what was finished within a day', async () => {
    const { lastDay } = await view('chief');
    expect(lastDay).toEqual({ lectures: 1, videoMs: 1_800_000, cpuMs: 10_000, bytes: 5_000_000_001 });
  });

  it('shows a librarian what lies below their units, in its place in the line of all, and no machines', async () => {
    const body = await view('northern');
    expect(titles(body)).toEqual([['other', 3]]);
    expect(body).toMatchObject({ whole: false, workers: null, editionCount: 1, lastDay: { lectures: 1 } });
    const depths = body.queues.map(({ waiting, running }) => waiting + running);
    expect(depths).toEqual([0, 0, 0, 0, 0]);
    expect(await view('librarian')).toMatchObject({ whole: false, workers: null, editionCount: 6 });
  });

  it('comes as tables, too, each as far as the reader sees', async () => {
    const table = async (login: string, query: string) => {
      const { cookie } = await signIn(api.url, login);
      const headers = { cookie, 'accept-language': 'en' };
      return (await fetch(`${api.url}/api/v1/pipeline?format=csv${query}`, { headers })).text();
    };
    expect((await table('northern', '')).split('\r\n')).toEqual([
      expect.stringMatching(/^Place in line,Lecture,Edition,/),
      expect.stringMatching(/^3,other,1,1,Village A,北方馆员,0,no,0,no,/),
      '',
    ]);
    expect(await table('chief', '&table=workers')).toMatch(/\r\nmill,.*,8,.*,tether,urgent: encode the picture\r\n/);
    expect((await table('northern', '&table=workers')).split('\r\n')).toHaveLength(2);
    expect(await table('chief', '&table=queues')).toContain('\r\nencode the sound,0,0,1,\r\n');
  });

  it('is paused and resumed by an admin of the root alone; what waits wakes workers again', async () => {
    const asks = async (login: string, paused: boolean) => (await call('PATCH', '/pipeline', login, { paused })).status;
    expect(await asks('chief', true)).toBe(204);
    expect((await view('northern')).paused).toBe(true);
    expect([await asks('northern', false), await asks('librarian', false)]).toEqual([403, 403]);
    expect((await view('chief')).paused).toBe(true);
    expect(await asks('chief', false)).toBe(204);
    expect((await view('chief')).paused).toBe(false);
    const queue = api.app.get<Queue>(getQueueToken(EncodeChunk.queue), { strict: false });
    const [waiting] = await api.database.manager.findBy(Job, { editionId: editions.get('first') ?? '' });
    await eventually('the queued job', async () => queue.getJob(`${waiting?.id ?? ''}-1-0`));
  });
});
