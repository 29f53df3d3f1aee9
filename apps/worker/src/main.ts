import { readWorkerConfig } from '#libs/config';
import { assertClock, createDataSource } from '#libs/database';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module.js';

const config = readWorkerConfig(process.env);
Logger.overrideLogger(['error', 'warn']);
const database = await createDataSource(config).initialize();
await assertClock(database);
await database.destroy();
const worker = await NestFactory.createApplicationContext(WorkerModule.for(config));
worker.enableShutdownHooks();
console.log('Worker waits for jobs');
