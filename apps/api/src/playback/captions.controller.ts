import { CaptionList, CaptionView } from '#libs/contracts';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiConsumes, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { CaptionsService } from './captions.service.js';

/** BCP 47 */
const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const CaptionQuery = z.object({
  label: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^"\p{C}]*$/u)
    .optional(),
});
type CaptionQuery = z.output<typeof CaptionQuery>;

@ApiTags('Playback')
@Controller('lectures/:id/captions')
export class CaptionsController {
  constructor(private readonly captions: CaptionsService) {}

  @Get()
  @ApiOperation({ summary: 'Captions of the edition of a lecture that is watched, or will be' })
  @ApiOkResponse({ standardSchema: CaptionList })
  list(@CallerOf() caller: Caller, @Param('id', { schema: Id }) id: string) {
    return this.captions.list(caller, id);
  }

  @Put(':language')
  @ApiConsumes('text/vtt')
  @ApiOperation({ summary: 'Sets the captions of one language, as WebVTT' })
  @ApiOkResponse({ standardSchema: CaptionView })
  put(
    @CallerOf() caller: Caller,
    @Param('id', { schema: Id }) id: string,
    @Param('language', { schema: Language }) language: string,
    @Query({ schema: CaptionQuery }) { label }: CaptionQuery,
    @Headers('content-type') contentType: string | undefined,
    @Body() text: unknown,
  ) {
    return this.captions.put(caller, id, { language, label: label ?? language, contentType, text });
  }

  @Delete(':language')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes the captions of one language away' })
  @ApiNoContentResponse()
  remove(
    @CallerOf() caller: Caller,
    @Param('id', { schema: Id }) id: string,
    @Param('language', { schema: Language }) language: string,
  ) {
    return this.captions.remove(caller, id, language);
  }
}
