import { Module } from '@nestjs/common';
import { CaptionsController } from './captions.controller.js';
import { CaptionsService } from './captions.service.js';
import { ManifestService } from './manifest.service.js';
import { MediaRoutes } from './media.routes.js';
import { PlayService } from './play.service.js';
import { PlaybackController } from './playback.controller.js';
import { PlaylistsService } from './playlists.service.js';
import { StillsController } from './stills.controller.js';
import { StillsService } from './stills.service.js';

/** The right to play, playlists, blobs and captions. */
@Module({
  controllers: [CaptionsController, PlaybackController, StillsController],
  providers: [CaptionsService, ManifestService, MediaRoutes, PlayService, PlaylistsService, StillsService],
})
export class PlaybackModule {}
