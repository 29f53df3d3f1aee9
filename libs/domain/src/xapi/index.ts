export {
  EVIDENCE_GRADE,
  VIDEO_PROFILE,
  VIDEO_TYPE,
  videoExtensions,
  videoVerbs,
  type Statement,
  type VideoVerb,
} from './vocabulary.js';
export { isoDuration, playedSegments, progressOf } from './numbers.js';
export { piecesOf, type Piece, type Watching } from './pieces.js';
export { MAX_SEGMENTS, NEW_REGISTRATION, type Registration } from './registration.js';
export { activityOf } from './statement.js';
export { MAX_PIECES, tell, type Told } from './tell.js';
export type { Subject } from './subject.js';
export { placeInHour, readSpans, wallZeroOfHour, type Moment, type Reading, type ReadSpan } from './read.js';
export { isKnown, retryAfterMs, lrsVerdictOf, waitAfter, type LrsVerdict } from './lrs-answer.js';
