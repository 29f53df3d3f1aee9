import type { LectureView } from '#libs/contracts';
import type { PresenceGrade } from '#libs/domain';
import type { SessionTrace } from '../recording/play-session.js';
import type { TimesOf } from './times.js';

export interface Attendee {
  readonly learnerId: string;
  readonly grade: PresenceGrade;
}

/** A session that plays, or that was cut off while it did. */
export interface Running {
  readonly title: string;
  readonly trace: SessionTrace;
  /** The secret of the codes that the screen shows, in base64url. */
  readonly key: string;
  /** Where the lecture is. */
  readonly positionMs: number;
  /** Whoever has been here at any time, in this session or in one that was cut off before it. */
  readonly everybody: readonly string[];
  /** When the lecture began to play in this session, on the clock of its boot. */
  readonly startedClockMs?: number | undefined;
}

/** What a hall plays one after another: a course, or the list of its site. */
export interface Programme {
  readonly title: string;
  /** Those that come after the one that plays. */
  readonly rest: readonly LectureView[];
}

/** Who is here and what plays, kept so that a reload or a power cut in the middle costs no second roll-call. */
export interface RollDraft {
  readonly lectureId: string;
  readonly present: readonly Attendee[];
  readonly headCount: number;
  /** Who came late, and who has left, in this session or in one that was cut off before it. */
  readonly times?: TimesOf | undefined;
  readonly running?: Running;
  readonly programme?: Programme | undefined;
  /** The lecture before is closed and this one not begun: whoever is present was there then. In which boot that was. */
  readonly followsIn?: string | undefined;
}
