import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EncodeAudio, queueIdOf } from '#libs/contracts';
import { Job } from '#libs/database';
import { getQueueToken } from '@nestjs/bullmq';
import { type Queue, Worker } from 'bullmq';
import { eventually } from '../../../../test/support/eventually.js';
import { startJobs, type TestJobs } from '../../../../test/support/jobs.js';
import { Waker } from './waker.js';

describe('the reconciler', () => {
  let jobs: TestJobs;
  let job: Job;
  beforeAll(async () => {
    jobs = await startJobs();
  });
  afterAll(() => jobs.close());
  beforeEach(async () => {
    job = await jobs.newJob();
  });

  const queue = () => jobs.worker.get<Queue>(getQueueToken(EncodeAudio.queue), { strict: false });
  const queued = async () => (await queue().getJob(queueIdOf(job)))?.getState();
  /** What a worker does when it starts, and once a minute. */
  const reconcile = async () => {
    const waker = jobs.worker.get(Waker);
    waker.onApplicationShutdown();
    await waker.onApplicationBootstrap();
  };
  /** Takes what is queued off the queue as done, but leaves the row as it is: the worker died in between. */
  const finishOnlyInQueue = async () => {
    const { connection } = queue().opts;
    const taker = new Worker(EncodeAudio.queue, () => Promise.resolve(), { connection });
    await eventually('the end of the queued job', async () => ((await queued()) === 'completed' ? true : undefined));
    await taker.close();
  };

  it('queues a job that the queue has never had', async () => {
    expect(await queued()).toBeUndefined();
    await reconcile();
    expect(await queued()).toBe('waiting');
  });

  it('queues a job again that the queue has lost', async () => {
    await reconcile();
    await queue().remove(queueIdOf(job));
    expect(await queued()).toBeUndefined();
    await reconcile();
    expect(await queued()).toBe('waiting');
  });

  it('queues a job again though the queue keeps a finished one of its id', async () => {
    await reconcile();
    await finishOnlyInQueue();
    await reconcile();
    expect(await queued()).toBe('waiting');
  });

  it('queues a job once that is there already', async () => {
    await reconcile();
    const before = await queue().getJobCounts('waiting');
    await reconcile();
    expect(await queue().getJobCounts('waiting')).toEqual(before);
  });

  it('leaves a job alone that a living worker has', async () => {
    const living = { state: 'running', attempts: 1, heartbeatAt: new Date() } as const;
    await jobs.database.manager.update(Job, job.id, living);
    job = await jobs.database.manager.findOneByOrFail(Job, { id: job.id });
    await reconcile();
    expect(await queued()).toBeUndefined();
  });
});
