import { CreateSelection, type Page, PageQuery, SelectionPage, SelectionView } from '#libs/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { SelectionsService } from './selections.service.js';

@ApiTags('Catalogue')
@Controller('selections')
export class SelectionsController {
  constructor(private readonly selections: SelectionsService) {}

  @Get()
  @ApiOperation({ summary: 'Lists what the caller has picked, newest first' })
  @ApiOkResponse({ standardSchema: SelectionPage })
  list(@Query({ schema: PageQuery }) query: PageQuery, @CallerOf() caller: Caller): Promise<Page<SelectionView>> {
    return this.selections.list(query, caller);
  }

  @Post()
  @ApiOperation({ summary: 'Picks a course or a lecture for oneself or for a site' })
  @ApiCreatedResponse({ standardSchema: SelectionView })
  create(
    @Body({ schema: CreateSelection }) selection: CreateSelection,
    @CallerOf() caller: Caller,
  ): Promise<SelectionView> {
    return this.selections.create(selection, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Drops what was picked' })
  @ApiNoContentResponse()
  remove(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.selections.remove(id, caller);
  }
}
