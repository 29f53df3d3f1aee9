import type { Config } from '#libs/config';
import { BlobStore, createStore } from '#libs/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { Flags } from './flags.service.js';
import { Fold } from './fold.service.js';
import { Housekeeping } from './housekeeping.service.js';
import { Prune } from './prune.service.js';
import { Sample } from './sample.service.js';
import { ScratchSweep } from './scratch-sweep.service.js';
import { Scrub } from './scrub.service.js';
import { Sweep } from './sweep.service.js';

/** Frees what nothing needs, and looks whether what is needed is still what it was. */
@Module({})
export class HousekeepingModule {
  static for(config: Config): DynamicModule {
    const store = { provide: BlobStore, useFactory: () => createStore(config) };
    return {
      module: HousekeepingModule,
      providers: [store, Housekeeping, ScratchSweep, Sweep, Scrub, Sample, Flags, Fold, Prune],
    };
  }
}
