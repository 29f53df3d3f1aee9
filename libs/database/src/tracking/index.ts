export { catchUp } from './derive.js';
export { freshAt, type DirtyOf } from './dirty.queries.js';
export { closeLedger, relabelLedger, sessionsNaming } from './erase.queries.js';
export { type PresenceRow, type SpanRow } from './evidence.queries.js';
export { labelOf } from './label.js';
export { intervalsOf } from './multirange.js';
export { resumePosition } from './resume.queries.js';
export { evidenceOf, type ShownEvidence, type ShownPresence, type ShownSpan } from './shown-evidence.js';
export { mapsInto, type SegmentMapRow } from './credit.queries.js';
