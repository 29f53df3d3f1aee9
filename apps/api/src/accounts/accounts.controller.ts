import { AccountPage, AccountSummary, CreateAccount, type Page, PageQuery } from '#libs/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { AccountsService } from './accounts.service.js';

@ApiTags('Accounts')
@Controller('accounts')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Get()
  @ApiOperation({ summary: 'Lists the accounts below the units that the caller administers, by name' })
  @ApiOkResponse({ standardSchema: AccountPage })
  list(@Query({ schema: PageQuery }) query: PageQuery, @CallerOf() caller: Caller): Promise<Page<AccountSummary>> {
    return this.accounts.list(query, caller);
  }

  @Post()
  @ApiOperation({ summary: 'Makes an account, with roles that the caller holds there, too' })
  @ApiCreatedResponse({ standardSchema: AccountSummary })
  create(@Body({ schema: CreateAccount }) account: CreateAccount, @CallerOf() caller: Caller): Promise<AccountSummary> {
    return this.accounts.create(account, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Closes an account for good and ends its sessions; its login stays taken' })
  @ApiNoContentResponse()
  close(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.accounts.close(id, caller);
  }
}
