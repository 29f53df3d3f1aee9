import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '#libs/config';
import { EncodeAudio, queueIdOf } from '#libs/contracts';
import { databaseOptions, Edition, Job } from '#libs/database';
import { QueueModule } from '#libs/queue';
import { getQueueToken } from '@nestjs/bullmq';
import { type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type Queue, Worker } from 'bullmq';
import { rm } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { testConfig } from '../../../../test/support/config.js';
import { eventually } from '../../../../test/support/eventually.js';
import { seedCountry } from '../../../../test/support/people.js';
import { JobsModule } from './jobs.module.js';
import { addJobs } from './jobs.queries.js';
import { Waker } from './waker.js';

/** The jobs without a pipeline: nothing takes from the queue unless the test itself does. */
@Module({})
class Jobs {}

describe('the reconciler', () => {
  let config: Config;
  let worker: INestApplicationContext;
  let database: DataSource;
  let lectureId: string;
  let job: Job;
  let number = 0;

  beforeAll(async () => {
    config = await testConfig();
    const imports = [TypeOrmModule.forRoot(databaseOptions(config)), QueueModule.for(config), JobsModule.for(config)];
    Logger.overrideLogger(false);
    worker = await NestFactory.createApplicationContext({ module: Jobs, imports });
    database = worker.get(DataSource);
    lectureId = (await seedCountry(database)).lecture.id;
  });
  afterAll(async () => {
    await worker.close();
    await rm(config.mediaRoot, { recursive: true, force: true });
  });

  beforeEach(async () => {
    const id = uuidv7();
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    await database.manager.insert(Edition, { id, lectureId, number: (number += 1), ...source });
    const edition = await database.manager.findOneByOrFail(Edition, { id });
    await addJobs(database.manager, edition, [{ kind: 'audio' }]);
    job = await database.manager.findOneByOrFail(Job, { editionId: id });
  });

  const queue = () => worker.get<Queue>(getQueueToken(EncodeAudio.queue), { strict: false });
  const queued = async () => (await queue().getJob(queueIdOf(job)))?.getState();
  /** What a worker does when it starts, and once a minute. */
  const reconcile = async () => {
    const waker = worker.get(Waker);
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
    await database.manager.update(Job, job.id, living);
    job = await database.manager.findOneByOrFail(Job, { id: job.id });
    await reconcile();
    expect(await queued()).toBeUndefined();
  });
});
