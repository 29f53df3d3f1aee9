export { catchUp, deriveCredits } from './derive.js';
export { presenceOf, spanOf } from './derive-session.js';
export { freshAt, type DirtyOf } from './dirty.queries.js';
export { presenceRows, spanRows, type PresenceRow, type SpanRow } from './evidence.queries.js';
export { intervalsOf } from './multirange.js';
export { resumePosition } from './resume.queries.js';
