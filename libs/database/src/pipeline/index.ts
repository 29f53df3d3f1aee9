export { isOpen, openJobs, type OpenJob } from './open-jobs.queries.js';
export { editionLine, inLine, inTurn } from './turns.js';
