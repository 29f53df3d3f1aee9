export { foldSessions } from './fold-sessions.js';
export { RETENTION } from './folding.queries.js';
