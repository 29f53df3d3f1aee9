import { StatementsAnswer, StatementsRequest } from '#libs/contracts';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { StatementsService } from './statements.service.js';

@ApiTags('Tracking')
@Controller('tracking/statements')
export class StatementsController {
  constructor(private readonly statements: StatementsService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Takes statements of the xAPI Video Profile as spans; the same statements again change nothing',
  })
  @ApiOkResponse({ standardSchema: StatementsAnswer })
  take(
    @Body({ schema: StatementsRequest }) request: StatementsRequest,
    @CallerOf() caller: Caller,
  ): Promise<StatementsAnswer> {
    return this.statements.take(request, caller);
  }
}
