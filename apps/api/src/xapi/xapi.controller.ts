import { PageQuery, RefusedStatementPage, XapiOverview } from '#libs/contracts';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { XapiService } from './xapi.service.js';

@ApiTags('xAPI')
@Controller('xapi')
export class XapiController {
  constructor(private readonly xapi: XapiService) {}

  @Get()
  @ApiOperation({ summary: 'Tells how far the learning record store has been told' })
  @ApiOkResponse({ standardSchema: XapiOverview })
  view(@CallerOf() caller: Caller): Promise<XapiOverview> {
    return this.xapi.view(caller);
  }

  @Get('refused')
  @ApiOperation({ summary: 'Lists statements that the store will not take, and why' })
  @ApiOkResponse({ standardSchema: RefusedStatementPage })
  refused(@Query({ schema: PageQuery }) query: PageQuery, @CallerOf() caller: Caller): Promise<RefusedStatementPage> {
    return this.xapi.refused(query, caller);
  }

  @Post('retry')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sends again what was refused, and lets the sender go on at once' })
  @ApiNoContentResponse()
  retry(@CallerOf() caller: Caller): Promise<void> {
    return this.xapi.retry(caller);
  }

  @Post('refused/:id/retry')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sends one statement again that was refused' })
  @ApiNoContentResponse()
  retryOne(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.xapi.retryOne(id, caller);
  }
}
