import { Module } from '@nestjs/common';
import { BootstrapService } from './bootstrap.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { SignInFailures } from './sign-in-failures.js';

/** Who signs in, and how. */
@Module({
  controllers: [SessionController],
  providers: [BootstrapService, SessionService, SignInFailures],
})
export class AccountsModule {}
