import { EncodeChunk } from '#libs/contracts';
import { Edition, Job, type JobKind, type JobState } from '#libs/database';
import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { seedEdition } from '../../../../test/support/editions.js';
import { eventually } from '../../../../test/support/eventually.js';
import { type Country, seedCountry, signIn } from '../../../../test/support/people.js';

describe('the pipeline of a lecture', () => {
  let api: TestApi;
  let country: Country;
  let cookie: string;
  let number = 0;
  beforeAll(async () => {
    api = await startApi();
    country = await seedCountry(api.database);
    ({ cookie } = await signIn(api.url, 'librarian'));
  });
  afterAll(() => api.close());

  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/api/v1/lectures/${country.lecture.id}/${path}`, { method, headers: { cookie, ...headers } });

  const failedEdition = async (values: Partial<Pick<Edition, 'sourceKept' | 'state'>> = {}) => {
    number += 1;
    const { id } = await seedEdition(api.database, api.config.mediaRoot, country.lecture.id, { number, live: false });
    const failure = { failureCode: 'encode-stalled', failureDetail: 'No frame for 60 s.' };
    await api.database.manager.update(Edition, { id }, { state: 'failed', progress: 0.5, ...failure, ...values });
    const job = async (kind: JobKind, state: JobState) => {
      const row = { id: uuidv7(), editionId: id, kind, state, attempts: 3, fence: 3 };
      await api.database.manager.insert(Job, row);
      return row.id;
    };
    return {
      id,
      probe: await job('probe', 'done'),
      chunk: await job('chunk', 'failed'),
      audio: await job('audio', 'waiting'),
    };
  };
  const jobOf = (id: string) => api.database.manager.findOneByOrFail(Job, { id });

  it('shows the newest edition: how far each job is, what came out, and what went wrong, in the reader’s language', async () => {
    const { id } = await failedEdition();
    const response = await ask('GET', 'pipeline', { 'accept-language': 'zh-CN' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      editionId: id,
      number,
      state: 'failed',
      progress: 0.5,
      sourceName: 'lecture.mp4',
      failure: { code: 'encode-stalled', title: '视频转码长时间无进展，已停止。', detail: 'No frame for 60 s.' },
      jobs: [
        { kind: 'audio', state: 'waiting' },
        { kind: 'chunk', state: 'failed' },
        { kind: 'probe', state: 'done' },
      ],
      renditions: [
        { name: '480p', kind: 'video', width: 854, height: 480, bytes: 180_700 },
        { name: '240p', kind: 'video', bytes: 60_700 },
        { name: 'audio', kind: 'audio', width: null, bytes: 27_700 },
      ],
    });
  });

  it('begins a new generation on retry: what is done is kept, all else waits again and wakes a worker', async () => {
    const { id, probe, chunk, audio } = await failedEdition();
    expect((await ask('POST', 'retry')).status).toBe(202);
    const edition = await api.database.manager.findOneByOrFail(Edition, { id });
    expect(edition).toMatchObject({ state: 'encoding', generation: 2, failureCode: null });
    expect(await jobOf(probe)).toMatchObject({ state: 'done', generation: 1, fence: 3 });
    for (const job of [chunk, audio]) {
      expect(await jobOf(job)).toMatchObject({
        state: 'waiting',
        generation: 2,
        attempts: 0,
        fence: 4,
        failureCode: null,
      });
    }
    const queue = api.app.get<Queue>(getQueueToken(EncodeChunk.queue), { strict: false });
    const queued = await eventually('the queued job', async () => queue.getJob(`${chunk}-2-0`));
    expect(queued).toMatchObject({ data: { jobId: chunk, generation: 2 } });
  });

  it('refuses a retry of what has not failed, and of what has no original any more', async () => {
    await failedEdition({ state: 'encoding' });
    const running = await ask('POST', 'retry');
    expect([running.status, await codeOf(running)]).toEqual([409, 'conflict']);
    await failedEdition({ sourceKept: false });
    const gone = await ask('POST', 'retry');
    expect([gone.status, await codeOf(gone)]).toEqual([409, 'original-gone']);
  });

  it('is the librarian’s alone', async () => {
    const { cookie: other } = await signIn(api.url, 'auditor');
    expect((await ask('GET', 'pipeline', { cookie: other })).status).toBe(403);
    expect((await ask('POST', 'retry', { cookie: other })).status).toBe(403);
  });

  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;
});
