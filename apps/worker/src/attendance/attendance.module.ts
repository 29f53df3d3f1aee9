import { Module } from '@nestjs/common';
import { AttendanceService } from './attendance.service.js';
import { IdentityModule } from './identity.module.js';

@Module({ imports: [IdentityModule], providers: [AttendanceService] })
export class AttendanceModule {}
