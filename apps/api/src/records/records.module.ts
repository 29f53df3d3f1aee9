import { Module } from '@nestjs/common';
import { ExplanationService } from './explanation.service.js';
import { LearnerReader } from './learner-reader.js';
import { LearnerRecordService } from './learner-record.service.js';
import { LectureRecordService } from './lecture-record.service.js';
import { RecordsController } from './records.controller.js';
import { SiteRecordService } from './site-record.service.js';
import { UnitRecordService } from './unit-record.service.js';

/** Who watched what, where. */
@Module({
  controllers: [RecordsController],
  providers: [
    LearnerReader,
    LearnerRecordService,
    ExplanationService,
    SiteRecordService,
    LectureRecordService,
    UnitRecordService,
  ],
})
export class RecordsModule {}
