import type { PresenceGrade } from '../tracking/presence.js';

/** Whom and what statements are about. `home` is the address of the house, without a slash at its end. */
export interface Subject {
  readonly home: string;
  readonly sessionId: string;
  readonly learnerId: string;
  readonly editionId: string;
  readonly lectureId: string;
  readonly title: string;
  /** RFC 5646. */
  readonly language: string;
  readonly lengthMs: number;
  /** Of a hall. */
  readonly grade: PresenceGrade | null;
}
