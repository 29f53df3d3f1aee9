import type { LectureView, Page, SelectionView } from '#libs/contracts';
import { Refusal } from '../server/refusal.js';
import { listPath } from '../server/use-pages.js';

/** The list of the site, beside the ids of courses. */
export const SITE_LIST = 'site';
/** A hall plays no more one after another. */
export const MOST_LECTURES = 100;

export type Ask = <T>(path: string) => Promise<T>;

/** What a hall can play of a course or of its site's list, in order, each lecture once. @throws {Refusal} */
export async function readProgramme(ask: Ask, key: string): Promise<LectureView[]> {
  const found = key === SITE_LIST ? await picked(ask) : await ofCourse(ask, key);
  const once = new Map(found.filter(({ watchable }) => watchable).map((lecture) => [lecture.id, lecture]));
  return [...once.values()].slice(0, MOST_LECTURES);
}

const ofCourse = async (ask: Ask, courseId: string): Promise<LectureView[]> =>
  (await ask<Page<LectureView>>(listPath('/lectures', { courseId, limit: String(MOST_LECTURES) }))).items;

/** In the order in which the site picked; the API has the newest first. What is not to be had just now is left out. */
async function picked(ask: Ask): Promise<LectureView[]> {
  const { items } = await ask<Page<SelectionView>>('/selections?limit=200');
  const lectures: LectureView[] = [];
  for (const { courseId, lectureId } of items.toReversed()) {
    if (lectures.length >= MOST_LECTURES) break;
    if (courseId !== null) lectures.push(...((await ifThere(ofCourse(ask, courseId))) ?? []));
    else if (lectureId !== null) lectures.push(...asList(await ifThere(ask<LectureView>(`/lectures/${lectureId}`))));
  }
  return lectures;
}

const asList = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one]);

async function ifThere<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
