import { TrackingAnswer, TrackingRequest } from '#libs/contracts';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, type ApiBodyOptions, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Caller, CallerOf } from '../http/caller.js';
import { TrackingService } from './tracking.service.js';

/** Documents what the service reads by itself, item by item, so that one bad item never spoils the good ones. */
const documented = {
  schema: z.toJSONSchema(TrackingRequest, { io: 'input', target: 'openapi-3.0' }),
} as ApiBodyOptions;

@ApiTags('Tracking')
@Controller('tracking/batches')
export class TrackingController {
  constructor(private readonly tracking: TrackingService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes what was played; the same batch again gives the same answer' })
  @ApiBody(documented)
  @ApiOkResponse({ standardSchema: TrackingAnswer })
  take(@Body() request: unknown, @CallerOf() caller: Caller): Promise<TrackingAnswer> {
    return this.tracking.take(request, caller);
  }
}
