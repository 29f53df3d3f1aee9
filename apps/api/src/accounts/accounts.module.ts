import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { BootstrapService } from './bootstrap.service.js';
import { HousekeepingService } from './housekeeping.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';

/** Who signs in, how, and what they may. */
@Module({
  controllers: [SessionController, AccountsController],
  providers: [AccountsService, BootstrapService, HousekeepingService, SessionService],
})
export class AccountsModule {}
