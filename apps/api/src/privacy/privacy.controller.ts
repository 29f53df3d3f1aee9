import { ErasurePreview, LearnerExport } from '#libs/contracts';
import { Controller, Delete, Get, Header, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { PrivacyService } from './privacy.service.js';

@ApiTags('Privacy')
@Controller('learners/:id')
export class PrivacyController {
  constructor(private readonly privacy: PrivacyService) {}

  @Get('export')
  @Header('Content-Disposition', 'attachment; filename="learner.json"')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Gives all that the house keeps about a learner, as a file' })
  @ApiOkResponse({ standardSchema: LearnerExport })
  export(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<LearnerExport> {
    return this.privacy.export(id, caller);
  }

  @Get('erasure')
  @ApiOperation({ summary: 'Tells what the erasure of a learner would take away, and what would stay' })
  @ApiOkResponse({ standardSchema: ErasurePreview })
  preview(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<ErasurePreview> {
    return this.privacy.preview(id, caller);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Erases a learner for good; the totals of sites and units stay' })
  @ApiNoContentResponse()
  erase(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.privacy.erase(id, caller);
  }
}
