/** What the operator has ticked, kept so that a reload or a power cut in the middle costs no second roll-call. */
export interface RollDraft {
  readonly lectureId: string;
  readonly present: readonly string[];
  readonly headCount: number;
}
