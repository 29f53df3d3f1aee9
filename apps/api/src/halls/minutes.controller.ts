import { HallMinutes } from '#libs/contracts';
import { Body, Controller, Get, HttpCode, Param, Put, StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { MinutesService } from './minutes.service.js';

@ApiTags('Halls')
@Controller('hall-sessions/:id')
export class MinutesController {
  constructor(private readonly minutes: MinutesService) {}

  @Put('minutes')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keeps who spoke in a hall session of this device, and a photo of the paper minutes' })
  @ApiNoContentResponse()
  write(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: HallMinutes }) minutes: HallMinutes,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.minutes.write(id, minutes, caller);
  }

  @Get('photo')
  @ApiOperation({ summary: 'Shows the photo of the paper minutes to those who may see names at the site' })
  @ApiProduces('image/jpeg')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async photo(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<StreamableFile> {
    return new StreamableFile(await this.minutes.photo(id, caller), { type: 'image/jpeg' });
  }
}
