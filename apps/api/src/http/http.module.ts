import type { ApiConfig } from '#libs/config';
import { BlobStore, createStore } from '#libs/storage';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Attempts } from './attempts.js';
import { Authority } from './authority.js';
import { CONFIG } from './config.js';
import { Credentials } from './credentials.js';
import { LectureAccess } from './lecture-access.js';
import { Names } from './names.js';
import { Passwords } from './passwords.js';
import { PlayTokens } from './play-tokens.js';
import { ProblemFilter } from './problem.filter.js';
import { validationPipe } from './validation.pipe.js';

/** What every endpoint shares: who calls, what they may, what is valid, how it fails. */
@Global()
@Module({})
export class HttpModule {
  static for(config: ApiConfig): DynamicModule {
    const shared = [
      Attempts,
      Authority,
      Credentials,
      LectureAccess,
      Names,
      Passwords,
      PlayTokens,
      { provide: CONFIG, useValue: config },
      { provide: BlobStore, useFactory: () => createStore(config) },
    ];
    return {
      module: HttpModule,
      providers: [
        ...shared,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useValue: validationPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: shared,
    };
  }
}
