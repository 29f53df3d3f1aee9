import type { WorkerConfig } from '#libs/config';
import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { XapiService } from './xapi.service.js';

/** Does nothing unless a learning record store is set. */
@Module({})
export class XapiModule {
  static for({ lrs }: WorkerConfig): DynamicModule {
    const service = {
      provide: XapiService,
      inject: [DataSource],
      useFactory: (database: DataSource) => lrs && new XapiService(database, lrs),
    };
    return { module: XapiModule, providers: lrs ? [service] : [] };
  }
}
