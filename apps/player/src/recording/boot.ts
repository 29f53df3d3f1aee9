import { v7 as uuidv7 } from 'uuid';

/** One run of a monotonic clock (TRACKING.md rule 5): in a browser, a page load. */
export interface Boot {
  readonly id: string;
  /** A reading of this boot's clock, in ms. */
  readonly clockMs: () => number;
}

export const bootOfThisPage: Boot = { id: uuidv7(), clockMs: () => performance.now() };
