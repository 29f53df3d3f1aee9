export { acceptSource, isAmplified, sourceLimits, toleratedMs } from './accept-source.js';
export { completeLengthMs, type RenditionLength } from './complete-length.js';
export { chunkPlan, seekPointFor, segmentMs, type Chunk } from './chunk-plan.js';
export { rateOf, steadyRate, type FrameTiming } from './frame-rate.js';
export { displaySize, ladder, type Rung } from './ladder.js';
export {
  sourceDurationMs,
  type AcceptedFacts,
  type AudioFacts,
  type Ratio,
  type SourceFacts,
  type VideoFacts,
} from './source-facts.js';
export { editionProgress, type JobProgress } from './edition-progress.js';
