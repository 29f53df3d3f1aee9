import { databaseOptions, Edition, Job } from '#libs/database';
import { QueueModule } from '#libs/queue';
import { type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { rm } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { JobsModule } from '../../apps/worker/src/jobs/jobs.module.js';
import { addJobs } from '../../apps/worker/src/jobs/jobs.queries.js';
import { testConfig } from './config.js';
import { seedCountry } from './people.js';

/** The jobs without a pipeline: nothing takes from the queue unless the test itself does. */
@Module({})
class Jobs {}

export interface TestJobs {
  readonly worker: INestApplicationContext;
  readonly database: DataSource;
  /** Of a new edition that waits for its sound. */
  newJob(): Promise<Job>;
  close(): Promise<void>;
}

export async function startJobs(): Promise<TestJobs> {
  const config = await testConfig();
  const imports = [TypeOrmModule.forRoot(databaseOptions(config)), QueueModule.for(config), JobsModule.for(config)];
  Logger.overrideLogger(false);
  const worker = await NestFactory.createApplicationContext({ module: Jobs, imports });
  const database = worker.get(DataSource);
  const { lecture } = await seedCountry(database);
  let number = 0;
  const newJob = async () => {
    const id = uuidv7();
    const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'x' };
    await database.manager.insert(Edition, { id, lectureId: lecture.id, number: (number += 1), ...source });
    const edition = await database.manager.findOneByOrFail(Edition, { id });
    await addJobs(database.manager, edition, [{ kind: 'audio' }]);
    return database.manager.findOneByOrFail(Job, { editionId: id });
  };
  const close = async () => {
    await worker.close();
    await rm(config.mediaRoot, { recursive: true, force: true });
  };
  return { worker, database, newJob, close };
}
