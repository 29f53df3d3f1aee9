import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Id } from '../http/id.js';
import { ANY_ORIGIN } from './any-origin.js';
import { StillsService } from './stills.service.js';

@ApiTags('Playback')
@Controller('editions')
export class StillsController {
  constructor(private readonly stills: StillsService) {}

  @Get(':id/thumbnails.vtt')
  @Header('Content-Type', 'text/vtt; charset=utf-8')
  @Header('Cache-Control', 'private, max-age=60')
  @Header('Vary', 'Accept-Encoding')
  @ApiOperation({ summary: 'The thumbnails of an edition as a WebVTT track, for players that are not ours' })
  @ApiProduces('text/vtt')
  @ApiOkResponse()
  track(
    @Param('id', { schema: Id }) id: string,
    @Query('token') token: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.headers(ANY_ORIGIN);
    return this.stills.track(id, token);
  }
}
