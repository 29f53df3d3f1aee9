import { Module } from '@nestjs/common';
import { OrdersService } from './orders.service.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';
import { PipelineController } from './pipeline.controller.js';
import { PipelineService } from './pipeline.service.js';

/** Editions on their way from upload to publication, as staff see them, and what staff may tell them to do. */
@Module({
  controllers: [PipelineController, OverviewController],
  providers: [PipelineService, OverviewService, OrdersService],
})
export class PipelineModule {}
