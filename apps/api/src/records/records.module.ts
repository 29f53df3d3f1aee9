import { Module } from '@nestjs/common';
import { ExplanationService } from './explanation.service.js';
import { LearnerDaysController } from './learner-days.controller.js';
import { LearnerDaysService } from './learner-days.service.js';
import { LearnerReader } from './learner-reader.js';
import { LearnerRecordService } from './learner-record.service.js';
import { LectureRecordService } from './lecture-record.service.js';
import { RecordsController } from './records.controller.js';
import { SitePartsService } from './site-parts.service.js';
import { SiteReader } from './site-reader.js';
import { SiteRecordService } from './site-record.service.js';
import { UnitRecordService } from './unit-record.service.js';

/** Who watched what, where. */
@Module({
  controllers: [RecordsController, LearnerDaysController],
  providers: [
    LearnerReader,
    LearnerRecordService,
    LearnerDaysService,
    ExplanationService,
    SiteReader,
    SiteRecordService,
    SitePartsService,
    LectureRecordService,
    UnitRecordService,
  ],
})
export class RecordsModule {}
