import { PipelineOverview, PipelineOverviewQuery, SwitchPipeline } from '#libs/contracts';
import { Body, Controller, Get, HttpCode, Patch, Query, type StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { csvFile } from '../http/csv.js';
import { type Language, LanguageOf } from '../http/language.js';
import { OrdersService } from './orders.service.js';
import { OverviewService } from './overview.service.js';

@ApiTags('Pipeline')
@Controller('pipeline')
export class OverviewController {
  constructor(
    private readonly overview: OverviewService,
    private readonly orders: OrdersService,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Tells what is worked on, what waits and who works, as far as the caller answers for it; format=csv: a table',
  })
  @ApiOkResponse({ standardSchema: PipelineOverview })
  async view(
    @Query({ schema: PipelineOverviewQuery }) query: PipelineOverviewQuery,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<PipelineOverview | StreamableFile> {
    return query.format === 'csv'
      ? csvFile(query.table, await this.overview.table(caller, query, language))
      : this.overview.view(caller);
  }

  @Patch()
  @HttpCode(204)
  @ApiOperation({ summary: 'Pauses or resumes all work: what is running ends, nothing new begins' })
  @ApiNoContentResponse()
  switchAll(@Body({ schema: SwitchPipeline }) { paused }: SwitchPipeline, @CallerOf() caller: Caller): Promise<void> {
    return this.orders.switchAll(caller, paused);
  }
}
