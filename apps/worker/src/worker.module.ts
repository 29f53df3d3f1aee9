import type { WorkerConfig } from '#libs/config';
import { databaseOptions } from '#libs/database';
import { QueueModule } from '#libs/queue';
import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttendanceModule } from './attendance/attendance.module.js';
import { HousekeepingModule } from './housekeeping/housekeeping.module.js';
import { TrackingModule } from './tracking/tracking.module.js';
import { TranscodingModule } from './transcoding/transcoding.module.js';
import { XapiModule } from './xapi/xapi.module.js';

@Module({})
export class WorkerModule {
  static for(config: WorkerConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        TypeOrmModule.forRoot(databaseOptions(config)),
        QueueModule.for(config),
        TranscodingModule.for(config),
        HousekeepingModule.for(config),
        TrackingModule,
        XapiModule.for(config),
        AttendanceModule,
      ],
    };
  }
}
