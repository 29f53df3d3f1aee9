import { Module } from '@nestjs/common';
import { Chunks } from './chunks.service.js';
import { FinishedUploads } from './finished-uploads.service.js';
import { TerminatedUploads } from './terminated-uploads.service.js';
import { TusRoutes } from './tus.routes.js';
import { TusService } from './tus.service.js';
import { UploadAccess } from './upload-access.service.js';
import { UploadLocks } from './upload-locks.js';
import { UploadStore } from './upload-store.js';
import { UploadsController } from './uploads.controller.js';
import { UploadsHousekeeping } from './uploads-housekeeping.service.js';
import { UploadsService } from './uploads.service.js';

/** Files on their way to a lecture: tus, and what becomes of them at the end. */
@Module({
  controllers: [UploadsController],
  providers: [
    Chunks,
    FinishedUploads,
    TerminatedUploads,
    TusRoutes,
    TusService,
    UploadAccess,
    UploadLocks,
    UploadStore,
    UploadsHousekeeping,
    UploadsService,
  ],
})
export class UploadsModule {}
