export { canonical, type Plain } from './canonical.js';
export { deeds, type Deed } from './deeds.js';
