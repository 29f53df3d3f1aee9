import type { LectureView, SelectionView } from '#libs/contracts';
import { everyItem, type Ask } from '../server/every-item.js';
import { Refusal } from '../server/refusal.js';
import { listPath } from '../server/use-pages.js';

/** Whether a list goes on without what was refused. */
export type PassesOver = (refusal: Refusal) => boolean;

/** Taken out of the catalogue, or out of sight. */
export const isGone: PassesOver = ({ status }) => status === 404;

/** The lectures of a course in its order. @throws {Refusal} */
export const lecturesOfCourse = (ask: Ask, courseId: string): AsyncGenerator<LectureView> =>
  everyItem(ask, listPath('/lectures', { courseId, limit: '100' }));

/**
 * The lectures that are picked one by one or with their course, in the order in which they were picked; the API has the newest
 * first. One that is picked twice comes twice.
 *
 * @throws {Refusal} that is not passed over, or of the list itself
 */
export async function* lecturesPicked(ask: Ask, passesOver: PassesOver): AsyncGenerator<LectureView> {
  const picks: SelectionView[] = [];
  for await (const pick of everyItem<SelectionView>(ask, '/selections?limit=200')) picks.push(pick);
  const singles = picks.some(({ lectureId }) => lectureId !== null) ? await singlesOf(ask) : new Map<string, never>();
  for (const { courseId, lectureId } of picks.toReversed()) {
    if (courseId !== null) yield* passingOver(lecturesOfCourse(ask, courseId), passesOver);
    else if (lectureId !== null) yield* passingOver(lecture(ask, lectureId, singles), passesOver);
  }
}

/** A list that ends where something is refused that may be passed over. */
export async function* passingOver<T>(items: AsyncGenerator<T>, passesOver: PassesOver): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    if (!(error instanceof Refusal && passesOver(error))) throw error;
  }
}

/** All at once. Those that do not come so, as without a link, are asked for by name. */
async function singlesOf(ask: Ask): Promise<ReadonlyMap<string, LectureView>> {
  const singles = new Map<string, LectureView>();
  const all = everyItem<LectureView>(ask, '/lectures?selected=true&limit=100');
  for await (const single of passingOver(all, () => true)) singles.set(single.id, single);
  return singles;
}

async function* lecture(ask: Ask, id: string, known: ReadonlyMap<string, LectureView>): AsyncGenerator<LectureView> {
  yield known.get(id) ?? (await ask<LectureView>(`/lectures/${id}`));
}
