import type { CourseView, LectureView } from '#libs/contracts';
import { totalMs, type Interval } from '#libs/domain';
import { bytesOf, type KeepQuality, type KeptManifest } from './keep-quality.js';

/** Why a lecture is not whole yet, beyond its turn. `gone`: taken from the catalogue or replaced; `no-room`: the storage is full; `forged`: the house has not signed it. */
export type KeepTrouble = 'damaged' | 'no-room' | 'gone' | 'forged';

/** A lecture that somebody wants on this device, as far as it is there. */
export interface KeptLecture {
  readonly lectureId: string;
  /** Who asked for it: keys of viewers. A hall's device asks for everybody at its site. */
  readonly owners: readonly string[];
  readonly quality: KeepQuality;
  readonly lecture: LectureView;
  readonly course: CourseView;
  /** Only what is kept; none until it has been asked for. */
  readonly manifest: KeptManifest | undefined;
  /** Bytes of the blobs that are here whole. */
  readonly keptBytes: number;
  readonly isWhole: boolean;
  readonly isPinned: boolean;
  /** Taken away to make room for others; not fetched again unasked. */
  readonly isReleased: boolean;
  readonly trouble: KeepTrouble | undefined;
  readonly addedAtMs: number;
  readonly usedAtMs: number;
  /** What was played here of it, by whomever. */
  readonly seen: readonly Interval[];
}

export const sizeOf = ({ manifest }: KeptLecture): number => (manifest ? bytesOf(manifest.blobs) : 0);

/** So much of a lecture is all but its credits. */
const WATCHED_SHARE = 0.9;

export const isWatched = ({ seen, manifest }: KeptLecture): boolean =>
  manifest !== undefined && manifest.durationMs > 0 && totalMs(seen) >= WATCHED_SHARE * manifest.durationMs;

/** The order for all that is picked. */
export const PICKED = 'picked';

/** What asks for lectures that nobody has named one by one: a course, or what is picked. */
export interface KeepOrder {
  /** `course:{id}`, or {@link PICKED} */
  readonly key: string;
  readonly owner: string;
  readonly courseId: string | undefined;
  readonly title: string;
  readonly quality: KeepQuality;
}

/** Of those that want it, in the order in which they are fetched: what is pinned, then what was asked for first. */
export const inTurn = (one: KeptLecture, other: KeptLecture): number =>
  Number(other.isPinned) - Number(one.isPinned) ||
  one.addedAtMs - other.addedAtMs ||
  one.lecture.position - other.lecture.position;

/** Fetching goes on by itself. */
export const isWanted = ({ isWhole, isReleased, trouble }: KeptLecture): boolean =>
  !isWhole && !isReleased && trouble === undefined;
