import * as contracts from '#libs/contracts';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { connectionOf, defaultJobOptions, type QueueConfig } from './backend.js';
import { JobSender } from './job-sender.js';

const definitions = [
  contracts.ProbeEdition,
  contracts.EncodeChunk,
  contracts.EncodeAudio,
  contracts.TakeStills,
  contracts.PublishEdition,
];

/** Every queue of the house, on Postgres or on Redis. */
@Global()
@Module({})
export class QueueModule {
  static for(config: QueueConfig): DynamicModule {
    return {
      module: QueueModule,
      imports: [
        BullModule.forRoot({ connection: connectionOf(config), defaultJobOptions }),
        BullModule.registerQueue(...definitions.map(({ queue }) => ({ name: queue }))),
      ],
      providers: [JobSender],
      exports: [JobSender],
    };
  }
}
