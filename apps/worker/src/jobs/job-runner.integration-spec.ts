import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Edition, Job, openJobs } from '#libs/database';
import { DomainError } from '#libs/domain';
import type { DataSource } from 'typeorm';
import { startJobs, type TestJobs } from '../../../../test/support/jobs.js';
import { JobRunner } from './job-runner.js';

describe('the job runner', () => {
  let jobs: TestJobs;
  let database: DataSource;
  let job: Job;
  beforeAll(async () => {
    jobs = await startJobs();
    ({ database } = jobs);
  });
  afterAll(() => jobs.close());
  beforeEach(async () => {
    job = await jobs.newJob();
  });

  const reread = () => database.manager.findOneByOrFail(Job, { editionId: job.editionId });
  const run = (work: Parameters<JobRunner['run']>[1]) => jobs.worker.get(JobRunner).run({ jobId: job.id }, work);
  const nothing = { cpuMs: 5, bytes: 7, write: () => Promise.resolve() };

  it('runs a job once, however often the queue says so', async () => {
    let runs = 0;
    const work = () => Promise.resolve(nothing).finally(() => (runs += 1));
    await Promise.all([run(work), run(work), run(work)]);
    expect(runs).toBe(1);
    expect(await reread()).toMatchObject({ state: 'done', attempts: 1, fence: 1, cpuMs: 5, progress: 1 });
  });

  it('writes nothing for a worker whose job another has taken over', async () => {
    const write = () => database.manager.update(Edition, job.editionId, { durationMs: 1 }).then(() => undefined);
    await run(async ({ job: mine }) => {
      await database.manager.update(Job, mine.id, { fence: mine.fence + 1 });
      return { cpuMs: 0, bytes: 0, write };
    });
    expect(await reread()).toMatchObject({ state: 'running' });
    expect(await database.manager.findOneByOrFail(Edition, { id: job.editionId })).toMatchObject({ durationMs: null });
  });

  it('lets a technical failure wait and fails for good at the third try', async () => {
    const broken = () => Promise.reject(new Error('disk\0gone'));
    await run(broken);
    expect(await reread()).toMatchObject({
      state: 'waiting',
      attempts: 1,
      failureCode: 'internal',
      failureDetail: 'diskgone',
    });
    await database.manager.update(Job, job.id, { attempts: 2, notBefore: new Date(0) });
    await run(broken);
    expect(await reread()).toMatchObject({ state: 'failed', attempts: 3 });
    expect(await database.manager.findOneByOrFail(Edition, { id: job.editionId })).toMatchObject({ state: 'failed' });
  });

  it('gives a fault of the source no second try', async () => {
    await run(() => Promise.reject(new DomainError('source-no-video', 'No video.')));
    expect(await reread()).toMatchObject({ state: 'failed', attempts: 1, failureCode: 'source-no-video' });
  });

  it('takes over a job whose worker has not beaten for long, and no other', async () => {
    await database.query(`UPDATE job SET state = 'running', attempts = 1, heartbeat_at = now() WHERE id = $1`, [
      job.id,
    ]);
    expect(await openJobs(database.manager, { editionId: job.editionId })).toEqual([]);
    await database.query(`UPDATE job SET heartbeat_at = now() - interval '31 seconds' WHERE id = $1`, [job.id]);
    expect(await openJobs(database.manager, { editionId: job.editionId })).toHaveLength(1);
    await run(() => Promise.resolve(nothing));
    expect(await reread()).toMatchObject({ state: 'done', attempts: 2 });
  });

  it('hands a job over unspent when the worker is asked to stop', async () => {
    const under = run(
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    const claimed = async (): Promise<void> => ((await reread()).state === 'running' ? undefined : claimed());
    await claimed();
    await Promise.all([jobs.worker.get(JobRunner).beforeApplicationShutdown(), under]);
    expect(await reread()).toMatchObject({ state: 'waiting', attempts: 0, failureCode: null });
  });
});
