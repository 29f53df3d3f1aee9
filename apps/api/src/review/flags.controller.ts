import { DecideFlag, FlagItem, FlagPage, FlagQuery, type Page } from '#libs/contracts';
import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { FlagsService } from './flags.service.js';

@ApiTags('Review')
@Controller('flags')
export class FlagsController {
  constructor(private readonly flags: FlagsService) {}

  @Get()
  @ApiOperation({ summary: 'Lists what looks odd at the sites in reach, with its evidence, the latest first' })
  @ApiOkResponse({ standardSchema: FlagPage })
  list(@Query({ schema: FlagQuery }) query: FlagQuery, @CallerOf() caller: Caller): Promise<Page<FlagItem>> {
    return this.flags.list(query, caller);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Says what came of a flag; changes no number' })
  @ApiOkResponse({ standardSchema: FlagItem })
  decide(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: DecideFlag }) decision: DecideFlag,
    @CallerOf() caller: Caller,
  ): Promise<FlagItem> {
    return this.flags.decide(id, decision, caller);
  }
}
