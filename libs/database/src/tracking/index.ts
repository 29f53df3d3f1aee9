export { catchUp, deriveCredits } from './derive.js';
export { freshAt, type DirtyOf } from './dirty.queries.js';
export { type PresenceRow, type SpanRow } from './evidence.queries.js';
export { intervalsOf } from './multirange.js';
export { resumePosition } from './resume.queries.js';
