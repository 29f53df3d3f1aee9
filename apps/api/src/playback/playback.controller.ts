import { EditionManifest, PlayGrant } from '#libs/contracts';
import { Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { ANY_ORIGIN } from './any-origin.js';
import { PlayService } from './play.service.js';
import { PlaylistsService } from './playlists.service.js';

const PLAYLIST = 'application/vnd.apple.mpegurl';
/**
 * `{number}` of the encode once it is whole, `{number}-early` while it grows and ever after, for those who began then: what
 * has been given out under an address never changes but by growing (HLS-M02).
 */
const EncodeName = z
  .string()
  .regex(/^[1-9]\d{0,5}(-early)?$/)
  .transform((name) => ({ encode: Number.parseInt(name, 10), early: name.endsWith('-early') }));
type EncodeName = z.output<typeof EncodeName>;

/** A playlist names its viewer's right, and grows: with captions, or with every piece that is encoded. */
const cacheOf = ({ early }: EncodeName): string => (early ? 'no-store' : 'private, max-age=60');

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

  @Get('editions/:id/:encode/master.m3u8')
  @Header('Content-Type', PLAYLIST)
  @Header('Vary', 'Accept-Encoding')
  @ApiOperation({ summary: 'The HLS multivariant playlist of an edition' })
  @ApiProduces(PLAYLIST)
  @ApiOkResponse()
  master(
    @Param('id', { schema: Id }) editionId: string,
    @Param('encode', { schema: EncodeName }) encode: EncodeName,
    @Query('token') token: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.headers({ ...ANY_ORIGIN, 'cache-control': cacheOf(encode) });
    return this.playlists.multivariant({ editionId, ...encode }, token);
  }

  @Get('editions/:id/:encode/:rendition.m3u8')
  @Header('Content-Type', PLAYLIST)
  @Header('Vary', 'Accept-Encoding')
  @ApiOperation({ summary: 'The HLS media playlist of a rendition or of captions' })
  @ApiProduces(PLAYLIST)
  @ApiOkResponse()
  media(
    @Param('id', { schema: Id }) editionId: string,
    @Param('encode', { schema: EncodeName }) encode: EncodeName,
    @Param('rendition') rendition: string,
    @Query('token') token: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.headers({ ...ANY_ORIGIN, 'cache-control': cacheOf(encode) });
    return this.playlists.media({ editionId, ...encode }, rendition, token);
  }
}
