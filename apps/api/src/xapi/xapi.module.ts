import { Module } from '@nestjs/common';
import { XapiController } from './xapi.controller.js';
import { XapiService } from './xapi.service.js';

/** What the workers tell a learning record store, for those who look after it. */
@Module({ controllers: [XapiController], providers: [XapiService] })
export class XapiModule {}
