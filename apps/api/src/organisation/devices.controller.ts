import {
  CheckPin,
  CreatePairingCode,
  DeviceList,
  type DeviceView,
  EnrolDevice,
  EnrolledDevice,
  HallView,
  PairingCode,
} from '#libs/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Caller, CallerOf } from '../http/caller.js';
import { Id } from '../http/id.js';
import { DevicesService } from './devices.service.js';
import { HallService } from './hall.service.js';

@ApiTags('Devices')
@Controller()
export class DevicesController {
  constructor(
    private readonly devices: DevicesService,
    private readonly halls: HallService,
  ) {}

  @Get('sites/:id/devices')
  @ApiOperation({ summary: 'Lists the devices of a site' })
  @ApiOkResponse({ standardSchema: DeviceList })
  list(
    @Param('id', { schema: Id }) siteId: string,
    @CallerOf() caller: Caller,
  ): Promise<{ items: DeviceView[]; next: null }> {
    return this.devices.list(siteId, caller);
  }

  @Post('sites/:id/pairing-codes')
  @ApiOperation({ summary: 'Makes a code by which one player becomes a device of the site within 30 minutes' })
  @ApiCreatedResponse({ standardSchema: PairingCode })
  createPairingCode(
    @Param('id', { schema: Id }) siteId: string,
    @Body({ schema: CreatePairingCode }) device: CreatePairingCode,
    @CallerOf() caller: Caller,
  ): Promise<PairingCode> {
    return this.devices.createPairingCode(siteId, device, caller);
  }

  @Post('devices/enrolments')
  @ApiOperation({ summary: 'Turns a pairing code into the credential of a device' })
  @ApiCreatedResponse({ standardSchema: EnrolledDevice })
  enrol(@Body({ schema: EnrolDevice }) enrolment: EnrolDevice, @Req() { ip }: FastifyRequest): Promise<EnrolledDevice> {
    return this.devices.enrol(enrolment, ip);
  }

  @Delete('devices/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revokes a device: its credential dies at once' })
  @ApiNoContentResponse()
  revoke(@Param('id', { schema: Id }) id: string, @CallerOf() caller: Caller): Promise<void> {
    return this.devices.revoke(id, caller);
  }

  @Get('device')
  @ApiOperation({ summary: 'Gives a device what its hall needs without a link: the site and its roster' })
  @ApiOkResponse({ standardSchema: HallView })
  hall(@CallerOf() caller: Caller): Promise<HallView> {
    return this.halls.read(caller);
  }

  @Post('device/pin-checks')
  @HttpCode(204)
  @ApiOperation({ summary: 'Tells a device whether a PIN is that of a learner on its roster' })
  @ApiNoContentResponse()
  checkPin(@Body({ schema: CheckPin }) check: CheckPin, @CallerOf() caller: Caller): Promise<void> {
    return this.halls.checkPin(check, caller);
  }
}
