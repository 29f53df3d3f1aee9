import { Module } from '@nestjs/common';
import { AttendanceService } from './attendance.service.js';

@Module({ providers: [AttendanceService] })
export class AttendanceModule {}
