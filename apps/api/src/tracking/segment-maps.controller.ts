import { SegmentMap } from '#libs/contracts';
import { Body, Controller, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { SegmentMapsService } from './segment-maps.service.js';

@ApiTags('Tracking')
@Controller('editions/:id/segment-maps')
export class SegmentMapsController {
  constructor(private readonly maps: SegmentMapsService) {}

  @Put(':oldId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says what of an older edition this one keeps, so that old credit is carried over' })
  @ApiNoContentResponse()
  put(
    @Param('id', { schema: Id }) id: string,
    @Param('oldId', { schema: Id }) oldId: string,
    @Body({ schema: SegmentMap }) map: SegmentMap,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.maps.put({ oldId, newId: id }, map, caller);
  }
}
