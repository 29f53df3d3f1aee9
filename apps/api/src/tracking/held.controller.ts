import { DecideHeld, HeldBatchPage, HeldDecided, HeldQuery } from '#libs/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { HeldService } from './held.service.js';

@ApiTags('Devices')
@Controller('devices/:id/held')
export class HeldController {
  constructor(private readonly held: HeldService) {}

  @Get()
  @ApiOperation({ summary: 'Lists the batches of a device that are held aside, the oldest first' })
  @ApiOkResponse({ standardSchema: HeldBatchPage })
  list(
    @Param('id', { schema: Id }) deviceId: string,
    @Query({ schema: HeldQuery }) query: HeldQuery,
    @CallerOf() caller: Caller,
  ): Promise<HeldBatchPage> {
    return this.held.list(deviceId, query, caller);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Releases or discards batches of a device that are held aside: all, some, or all but some' })
  @ApiOkResponse({ standardSchema: HeldDecided })
  decide(
    @Param('id', { schema: Id }) deviceId: string,
    @Body({ schema: DecideHeld }) decision: DecideHeld,
    @CallerOf() caller: Caller,
  ): Promise<HeldDecided> {
    return this.held.decide(deviceId, decision, caller);
  }
}
