export { roomFor, type KeptThing } from './eviction.js';
export { linkAllowance, monthOf, type LinkAllowance, type LinkRules } from './link-allowance.js';
