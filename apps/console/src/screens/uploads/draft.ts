import type { CourseView, LectureView } from '#libs/contracts';
import type { ServerProblem } from '../../server/client';
import { titleOf } from './file-choice';

/** A chosen file that does not yet know its lecture. */
export interface Draft {
  readonly key: string;
  readonly file: File;
  readonly course: CourseView | null;
  /** An existing lecture, which gets a new edition; a new lecture named `title` without. */
  readonly lecture: LectureView | null;
  readonly title: string;
  readonly problem: ServerProblem | null;
}

export const draftOf = (file: File): Draft => ({
  key: crypto.randomUUID(),
  file,
  course: null,
  lecture: null,
  title: titleOf(file.name),
  problem: null,
});
