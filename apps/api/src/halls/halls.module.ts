import { Module } from '@nestjs/common';
import { MinutesController } from './minutes.controller.js';
import { MinutesService } from './minutes.service.js';

/** What halls tell beside the ledger. */
@Module({ controllers: [MinutesController], providers: [MinutesService] })
export class HallsModule {}
