import { Module } from '@nestjs/common';
import { LearnerRecordService } from './learner-record.service.js';
import { LectureRecordService } from './lecture-record.service.js';
import { RecordsController } from './records.controller.js';
import { SiteRecordService } from './site-record.service.js';

/** Who watched what, where. */
@Module({
  controllers: [RecordsController],
  providers: [LearnerRecordService, SiteRecordService, LectureRecordService],
})
export class RecordsModule {}
