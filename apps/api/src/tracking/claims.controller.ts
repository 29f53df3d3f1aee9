import { HallCheckIns, HallClaim, HallClaimState, HallKey } from '#libs/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { ClaimsService } from './claims.service.js';

@ApiTags('Halls')
@Controller('hall-sessions/:id')
export class ClaimsController {
  constructor(private readonly claims: ClaimsService) {}

  @Put('key')
  @HttpCode(204)
  @ApiOperation({ summary: 'Tells the secret of the codes that a hall shows, so that claims can be checked' })
  @ApiNoContentResponse()
  tellKey(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: HallKey }) key: HallKey,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.claims.tellKey(id, key, caller);
  }

  @Get('claims')
  @ApiOperation({ summary: 'Tells a hall’s device whom phones have let into its session' })
  @ApiOkResponse({ standardSchema: HallCheckIns })
  checkedIn(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<HallCheckIns> {
    return this.claims.checkedIn(id, caller);
  }

  @Post('claims')
  @HttpCode(200)
  @ApiOperation({ summary: 'Checks a learner in who has read the code off a hall’s screen' })
  @ApiOkResponse({ standardSchema: HallClaimState })
  claim(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: HallClaim }) claim: HallClaim,
    @CallerOf() caller: Caller,
  ): Promise<HallClaimState> {
    return this.claims.claim(id, claim, caller);
  }
}
