export { type DifferentRow } from './compare.queries.js';
export { recompute, recomputeSample, type Found } from './recompute.js';
