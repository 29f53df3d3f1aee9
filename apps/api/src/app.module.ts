import type { ApiConfig } from '#libs/config';
import { databaseOptions } from '#libs/database';
import { QueueModule } from '#libs/queue';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from './accounts/accounts.module.js';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import { HallsModule } from './halls/halls.module.js';
import { HealthModule } from './health/health.module.js';
import { PipelineModule } from './pipeline/pipeline.module.js';
import { PlaybackModule } from './playback/playback.module.js';
import { HttpModule } from './http/http.module.js';
import { UploadsModule } from './uploads/uploads.module.js';
import { OrganisationModule } from './organisation/organisation.module.js';
import { TrackingModule } from './tracking/tracking.module.js';
import { RecordsModule } from './records/records.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { XapiModule } from './xapi/xapi.module.js';
import { ReviewModule } from './review/review.module.js';

/** The features of the API, one folder each. */
const features: Type[] = [
  AccountsModule,
  CatalogueModule,
  OrganisationModule,
  UploadsModule,
  TrackingModule,
  HallsModule,
  HealthModule,
  PipelineModule,
  PlaybackModule,
  RecordsModule,
  PrivacyModule,
  XapiModule,
  ReviewModule,
];

@Module({})
export class AppModule {
  static for(config: ApiConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRoot(databaseOptions(config)),
        QueueModule.for(config),
        HttpModule.for(config),
        ...features,
      ],
    };
  }
}
