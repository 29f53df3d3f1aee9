import { PaperReceipt, PaperSession } from '#libs/contracts';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { PaperService } from './paper.service.js';

@ApiTags('Halls')
@Controller('sites/:id/paper-sessions')
export class PaperController {
  constructor(private readonly papers: PaperService) {}

  @Post()
  @ApiOperation({
    summary: 'Types in a sign-in sheet: a session with a mark of its own, everybody by roll-call (grade C)',
  })
  @ApiCreatedResponse({ standardSchema: PaperReceipt })
  record(
    @Param('id', { schema: Id }) siteId: string,
    @Body({ schema: PaperSession }) paper: z.output<typeof PaperSession>,
    @CallerOf() caller: Caller,
  ): Promise<PaperReceipt> {
    return this.papers.record(siteId, paper, caller);
  }
}
