import { RetentionView, SetRetention } from '#libs/contracts';
import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { RetentionService } from './retention.service.js';

@ApiTags('Organisation')
@Controller('units/:id/retention')
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  @Get()
  @ApiOperation({ summary: 'Tells how long the detail of what was watched below a unit is kept' })
  @ApiOkResponse({ standardSchema: RetentionView })
  find(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<RetentionView> {
    return this.retention.find(id, caller);
  }

  @Put()
  @ApiOperation({ summary: 'Says how long it is kept; after that only what it gave stays, and no total changes' })
  @ApiOkResponse({ standardSchema: RetentionView })
  set(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SetRetention }) retention: SetRetention,
    @CallerOf() caller: Caller,
  ): Promise<RetentionView> {
    return this.retention.set(id, retention, caller);
  }
}
