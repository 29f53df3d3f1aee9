import { CreateSite, type Page, SitePage, SiteQuery, SiteView } from '#libs/contracts';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { SitesService } from './sites.service.js';

@ApiTags('Organisation')
@Controller('sites')
export class SitesController {
  constructor(private readonly sites: SitesService) {}

  @Get()
  @ApiOperation({ summary: 'Lists the sites that the caller sees, by name' })
  @ApiOkResponse({ standardSchema: SitePage })
  list(@Query({ schema: SiteQuery }) query: SiteQuery, @CallerOf() caller: Caller): Promise<Page<SiteView>> {
    return this.sites.list(query, caller);
  }

  @Post()
  @ApiOperation({ summary: 'Adds a site to a unit' })
  @ApiCreatedResponse({ standardSchema: SiteView })
  create(@Body({ schema: CreateSite }) site: CreateSite, @CallerOf() caller: Caller): Promise<SiteView> {
    return this.sites.create(site, caller);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Gives one site' })
  @ApiOkResponse({ standardSchema: SiteView })
  find(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<SiteView> {
    return this.sites.find(id, caller);
  }
}
