import { Module } from '@nestjs/common';
import { PipelineController } from './pipeline.controller.js';
import { PipelineService } from './pipeline.service.js';

/** Editions on their way from upload to publication, as staff see them. */
@Module({ controllers: [PipelineController], providers: [PipelineService] })
export class PipelineModule {}
