import { PipelineView } from '#libs/contracts';
import { Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { languageOf } from '../http/problem.js';
import { PipelineService } from './pipeline.service.js';

@ApiTags('Pipeline')
@Controller('lectures/:id')
export class PipelineController {
  constructor(private readonly pipeline: PipelineService) {}

  @Get('pipeline')
  @ApiOperation({ summary: "How far a lecture's newest edition is on its way" })
  @ApiOkResponse({ standardSchema: PipelineView })
  view(
    @CallerOf() caller: Caller,
    @Param('id', { schema: Id }) id: string,
    @Headers('accept-language') language: string | undefined,
  ): Promise<PipelineView> {
    return this.pipeline.view(caller, id, languageOf(language));
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Tries a failed lecture again from its original' })
  @ApiAcceptedResponse()
  retry(@CallerOf() caller: Caller, @Param('id', { schema: Id }) id: string): Promise<void> {
    return this.pipeline.retry(caller, id);
  }
}
