import { Module } from '@nestjs/common';
import { DevicesController } from './devices.controller.js';
import { DevicesService } from './devices.service.js';
import { HallService } from './hall.service.js';
import { RetentionController } from './retention.controller.js';
import { RetentionService } from './retention.service.js';
import { RosterController } from './roster.controller.js';
import { RosterService } from './roster.service.js';
import { SitesController } from './sites.controller.js';
import { SitesService } from './sites.service.js';
import { UnitsController } from './units.controller.js';
import { UnitsService } from './units.service.js';

/** Units, sites, rosters and devices. */
@Module({
  controllers: [UnitsController, SitesController, RosterController, DevicesController, RetentionController],
  providers: [UnitsService, SitesService, RosterService, DevicesService, HallService, RetentionService],
})
export class OrganisationModule {}
