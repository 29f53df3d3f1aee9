import type { Config } from '#libs/config';
import { Ffmpeg } from '#libs/media';
import { type DynamicModule, Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { AudioProcessor } from './audio.processor.js';
import { ChunkProcessor } from './chunk.processor.js';
import { ProbeProcessor } from './probe.processor.js';
import { PublishProcessor } from './publish.processor.js';
import { StillsProcessor } from './stills.processor.js';

/** From an upload to a lecture that can be watched: probe, encode, take stills, publish. */
@Module({})
export class TranscodingModule {
  /** @param ffmpeg left out: as this machine can confine it. */
  static for(config: Config, ffmpeg?: Ffmpeg): DynamicModule {
    return {
      module: TranscodingModule,
      imports: [JobsModule.for(config)],
      providers: [
        { provide: Ffmpeg, useFactory: () => ffmpeg ?? Ffmpeg.start() },
        ProbeProcessor,
        ChunkProcessor,
        AudioProcessor,
        StillsProcessor,
        PublishProcessor,
      ],
    };
  }
}
