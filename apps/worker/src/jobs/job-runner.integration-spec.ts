import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '#libs/config';
import { databaseOptions, Edition, Job, openJobs } from '#libs/database';
import { DomainError } from '#libs/domain';
import { QueueModule } from '#libs/queue';
import { type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { rm } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { testConfig } from '../../../../test/support/config.js';
import { seedCountry } from '../../../../test/support/people.js';
import { JobRunner } from './job-runner.js';
import { JobsModule } from './jobs.module.js';
import { addJobs } from './jobs.queries.js';

/** The jobs without a pipeline: nothing takes from the queue, so the test itself decides what runs. */
@Module({})
class Jobs {}

describe('the job runner', () => {
  let config: Config;
  let worker: INestApplicationContext;
  let database: DataSource;
  let lectureId: string;
  let edition: Edition;
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
    edition = await database.manager.findOneByOrFail(Edition, { id });
    await addJobs(database.manager, edition, [{ kind: 'audio' }]);
    job = await reread();
  });

  const reread = () => database.manager.findOneByOrFail(Job, { editionId: edition.id });
  const run = (work: Parameters<JobRunner['run']>[1]) => worker.get(JobRunner).run({ jobId: job.id }, work);
  const nothing = { cpuMs: 5, bytes: 7, write: () => Promise.resolve() };

  it('runs a job once, however often the queue says so', async () => {
    let runs = 0;
    const work = () => Promise.resolve(nothing).finally(() => (runs += 1));
    await Promise.all([run(work), run(work), run(work)]);
    expect(runs).toBe(1);
    expect(await reread()).toMatchObject({ state: 'done', attempts: 1, fence: 1, cpuMs: 5, progress: 1 });
  });

  it('writes nothing for a worker whose job another has taken over', async () => {
    const write = () => database.manager.update(Edition, edition.id, { durationMs: 1 }).then(() => undefined);
    await run(async ({ job: mine }) => {
      await database.manager.update(Job, mine.id, { fence: mine.fence + 1 });
      return { cpuMs: 0, bytes: 0, write };
    });
    expect(await reread()).toMatchObject({ state: 'running' });
    expect(await database.manager.findOneByOrFail(Edition, { id: edition.id })).toMatchObject({ durationMs: null });
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
    expect(await database.manager.findOneByOrFail(Edition, { id: edition.id })).toMatchObject({ state: 'failed' });
  });

  it('gives a fault of the source no second try', async () => {
    await run(() => Promise.reject(new DomainError('source-no-video', 'No video.')));
    expect(await reread()).toMatchObject({ state: 'failed', attempts: 1, failureCode: 'source-no-video' });
  });

  it('takes over a job whose worker has not beaten for long, and no other', async () => {
    await database.query(`UPDATE job SET state = 'running', attempts = 1, heartbeat_at = now() WHERE id = $1`, [
      job.id,
    ]);
    expect(await openJobs(database.manager, { editionId: edition.id })).toEqual([]);
    await database.query(`UPDATE job SET heartbeat_at = now() - interval '31 seconds' WHERE id = $1`, [job.id]);
    expect(await openJobs(database.manager, { editionId: edition.id })).toHaveLength(1);
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
    await Promise.all([worker.get(JobRunner).beforeApplicationShutdown(), under]);
    expect(await reread()).toMatchObject({ state: 'waiting', attempts: 0, failureCode: null });
  });
});
