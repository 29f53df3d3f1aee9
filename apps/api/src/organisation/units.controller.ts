import { CreateUnit, type Page, UnitPage, UnitQuery, UnitView } from '#libs/contracts';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { UnitsService } from './units.service.js';

@ApiTags('Organisation')
@Controller('units')
export class UnitsController {
  constructor(private readonly units: UnitsService) {}

  @Get()
  @ApiOperation({ summary: 'Lists the units where the caller stands, and those below them, by name' })
  @ApiOkResponse({ standardSchema: UnitPage })
  list(@Query({ schema: UnitQuery }) query: UnitQuery, @CallerOf() caller: Caller): Promise<Page<UnitView>> {
    return this.units.list(query, caller);
  }

  @Post()
  @ApiOperation({ summary: 'Adds a unit below another' })
  @ApiCreatedResponse({ standardSchema: UnitView })
  create(@Body({ schema: CreateUnit }) unit: CreateUnit, @CallerOf() caller: Caller): Promise<UnitView> {
    return this.units.create(unit, caller);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Gives one unit' })
  @ApiOkResponse({ standardSchema: UnitView })
  find(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<UnitView> {
    return this.units.find(id, caller);
  }
}
