import { ChangePipeline, EditionChoice, PipelineQuery, PipelineView } from '#libs/contracts';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { csvFile } from '../http/csv.js';
import { Id } from '../http/id.js';
import { type Language, LanguageOf } from '../http/language.js';
import { OrdersService } from './orders.service.js';
import { PipelineService } from './pipeline.service.js';

@ApiTags('Pipeline')
@Controller('lectures/:id')
export class PipelineController {
  constructor(
    private readonly pipeline: PipelineService,
    private readonly orders: OrdersService,
  ) {}

  @Get('pipeline')
  @ApiOperation({
    summary: 'Tells how an edition of a lecture is made: its steps, what they cost, what came out; format=csv: a table',
  })
  @ApiOkResponse({ standardSchema: PipelineView })
  async view(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: PipelineQuery }) query: PipelineQuery,
    @CallerOf() caller: Caller,
    @LanguageOf() language: Language,
  ): Promise<PipelineView | StreamableFile> {
    return query.format === 'csv'
      ? csvFile(query.table, await this.pipeline.table(caller, id, query, language))
      : this.pipeline.view(caller, id, query.edition, language);
  }

  @Patch('pipeline')
  @HttpCode(204)
  @ApiOperation({ summary: 'Changes the turn of an edition under way, or lets it rest' })
  @ApiNoContentResponse()
  change(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: EditionChoice }) { edition }: EditionChoice,
    @Body({ schema: ChangePipeline }) change: ChangePipeline,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.orders.change(caller, id, edition, change);
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Lets a failed edition go on where it stopped' })
  @ApiAcceptedResponse()
  retry(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: EditionChoice }) { edition }: EditionChoice,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.orders.retry(caller, id, edition);
  }

  @Post('re-encode')
  @HttpCode(202)
  @ApiOperation({ summary: 'Encodes the edition that viewers get once more from its original; they keep it meanwhile' })
  @ApiAcceptedResponse()
  reEncode(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.orders.reEncode(caller, id);
  }
}
