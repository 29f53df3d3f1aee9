/** What the player saw at one instant: its boot's monotonic clock and the position in the lecture, in ms (fractions allowed). */
export interface Moment {
  readonly clockMs: number;
  readonly mediaMs: number;
}
