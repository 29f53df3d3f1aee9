import { CreateOrganisation1795300000000 } from './1795300000000-create-organisation.js';
import { CreateCatalogue1795300001000 } from './1795300001000-create-catalogue.js';
import { CreateUnitTree1795300200000 } from './1795300200000-create-unit-tree.js';
import { CreateTracking1795300300000 } from './1795300300000-create-tracking.js';
import { CreateWorker1795300400000 } from './1795300400000-create-worker.js';
import { CreatePipeline1795300500000 } from './1795300500000-create-pipeline.js';
import { OperatePipeline1795300600000 } from './1795300600000-operate-pipeline.js';
import { CreateHousekeeping1795300700000 } from './1795300700000-create-housekeeping.js';
import { GatherThumbnails1795300800000 } from './1795300800000-gather-thumbnails.js';
import { CreateAudit1795301000000 } from './1795301000000-create-audit.js';
import { PartitionLedger1795301100000 } from './1795301100000-partition-ledger.js';
import { KnowDevices1795301200000 } from './1795301200000-know-devices.js';
import { HoldHalls1795301300000 } from './1795301300000-hold-halls.js';
import { CreateReview1795301500000 } from './1795301500000-create-review.js';
import { CreateTotals1795301600000 } from './1795301600000-create-totals.js';
import { CreateXapi1795301700000 } from './1795301700000-create-xapi.js';
import { PruneDevices1795301900000 } from './1795301900000-prune-devices.js';
import { LimitPhotos1795302000000 } from './1795302000000-limit-photos.js';
import { IndexWhatWaits1795302100000 } from './1795302100000-index-what-waits.js';
import { KeepLadder1795302200000 } from './1795302200000-keep-ladder.js';
import { NameWhoPaired1795302300000 } from './1795302300000-name-who-paired.js';
import { IndexOldNumbers1795302400000 } from './1795302400000-index-old-numbers.js';

export const migrations = [
  CreateOrganisation1795300000000,
  CreateCatalogue1795300001000,
  CreateUnitTree1795300200000,
  CreateTracking1795300300000,
  CreateWorker1795300400000,
  CreatePipeline1795300500000,
  OperatePipeline1795300600000,
  CreateHousekeeping1795300700000,
  GatherThumbnails1795300800000,
  CreateAudit1795301000000,
  PartitionLedger1795301100000,
  KnowDevices1795301200000,
  HoldHalls1795301300000,
  CreateReview1795301500000,
  CreateTotals1795301600000,
  CreateXapi1795301700000,
  PruneDevices1795301900000,
  LimitPhotos1795302000000,
  IndexWhatWaits1795302100000,
  KeepLadder1795302200000,
  NameWhoPaired1795302300000,
  IndexOldNumbers1795302400000,
];
