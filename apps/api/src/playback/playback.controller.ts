import { EditionManifest, PlayGrant } from '#libs/contracts';
import { Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { ANY_ORIGIN } from './any-origin.js';
import { PlayService } from './play.service.js';
import { PlaylistsService } from './playlists.service.js';

const PLAYLIST = 'application/vnd.apple.mpegurl';
/** Names its viewer's right, and grows with captions. */
const PLAYLIST_CACHE = 'private, max-age=60';

@ApiTags('Playback')
@Controller()
export class PlaybackController {
  constructor(
    private readonly plays: PlayService,
    private readonly playlists: PlaylistsService,
  ) {}

  @Post('lectures/:id/play')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Gives the right to play a lecture, and where to begin' })
  @ApiOkResponse({ standardSchema: PlayGrant })
  play(
    @CallerOf() caller: Caller,
    @Param('id', { schema: Id }) id: string,
    @Req() { protocol, host }: FastifyRequest,
  ): Promise<PlayGrant> {
    return this.plays.play(caller, id, `${protocol}://${host}`);
  }

  @Get('editions/:id/manifest')
  @ApiOperation({ summary: 'Every blob of an edition with size and SHA-256, signed' })
  @ApiOkResponse({ standardSchema: EditionManifest })
  manifest(@CallerOf() caller: Caller, @Param('id', { schema: Id }) id: string): Promise<EditionManifest> {
    return this.plays.manifest(caller, id);
  }

  @Get('editions/:id/master.m3u8')
  @Header('Content-Type', PLAYLIST)
  @Header('Cache-Control', PLAYLIST_CACHE)
  @Header('Vary', 'Accept-Encoding')
  @ApiOperation({ summary: 'The HLS multivariant playlist of an edition' })
  @ApiProduces(PLAYLIST)
  @ApiOkResponse()
  master(
    @Param('id', { schema: Id }) id: string,
    @Query('token') token: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.headers(ANY_ORIGIN);
    return this.playlists.multivariant(id, token);
  }

  @Get('editions/:id/:rendition.m3u8')
  @Header('Content-Type', PLAYLIST)
  @Header('Cache-Control', PLAYLIST_CACHE)
  @Header('Vary', 'Accept-Encoding')
  @ApiOperation({ summary: 'The HLS media playlist of a rendition or of captions' })
  @ApiProduces(PLAYLIST)
  @ApiOkResponse()
  media(
    @Param('id', { schema: Id }) id: string,
    @Param('rendition') rendition: string,
    @Query('token') token: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.headers(ANY_ORIGIN);
    return this.playlists.media(id, rendition, token);
  }
}
