import type { Config } from '#libs/config';
import { BlobStore, createStore } from '#libs/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { IdentityModule } from '../attendance/identity.module.js';
import { JobRunner } from './job-runner.js';
import { Waker } from './waker.js';

/** What every pipeline stands on: rows that are claimed, and the store that their work goes to. */
@Module({})
export class JobsModule {
  static for(config: Config): DynamicModule {
    const store = { provide: BlobStore, useFactory: () => createStore(config) };
    return {
      module: JobsModule,
      imports: [IdentityModule],
      providers: [JobRunner, Waker, store],
      exports: [JobRunner, BlobStore],
    };
  }
}
