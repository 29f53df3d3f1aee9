import type { LectureView } from '#libs/contracts';
import { lecturesOfCourse, lecturesPicked } from '../catalogue/listed-lectures.js';
import type { Ask } from '../server/every-item.js';
import { Refusal } from '../server/refusal.js';

/** The list of the site, beside the ids of courses. */
export const SITE_LIST = 'site';
/** No screen shows more of one list. */
export const MOST_LISTED = 1000;

/**
 * What a hall can play of a course or of its site's list, in order, each lecture once. What is not to be had just now is left
 * out. @throws {Refusal} when nothing is to be had
 */
export async function readProgramme(ask: Ask, key: string): Promise<LectureView[]> {
  const once = new Map<string, LectureView>();
  try {
    for await (const lecture of key === SITE_LIST ? lecturesPicked(ask, () => true) : lecturesOfCourse(ask, key)) {
      if (lecture.watchable) once.set(lecture.id, lecture);
      if (once.size >= MOST_LISTED) break;
    }
  } catch (error) {
    if (!(error instanceof Refusal) || once.size === 0) throw error;
  }
  return [...once.values()];
}
