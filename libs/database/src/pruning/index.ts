export { ANCHOR_SHARES, prune } from './prune.js';
