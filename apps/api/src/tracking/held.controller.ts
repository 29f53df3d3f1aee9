import { DecideHeld, HeldDecided } from '#libs/contracts';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { HeldService } from './held.service.js';

@ApiTags('Devices')
@Controller('devices/:id/held')
export class HeldController {
  constructor(private readonly held: HeldService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Releases or discards the batches of a device that are held aside' })
  @ApiOkResponse({ standardSchema: HeldDecided })
  decide(
    @Param('id', { schema: Id }) deviceId: string,
    @Body({ schema: DecideHeld }) decision: DecideHeld,
    @CallerOf() caller: Caller,
  ): Promise<HeldDecided> {
    return this.held.decide(deviceId, decision, caller);
  }
}
