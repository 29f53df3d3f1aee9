import type { CategoryView, CourseView, LectureView, Page } from '#libs/contracts';
import type { KeptLecture } from './kept-lecture.js';

interface Shelf {
  readonly lectures: readonly KeptLecture[];
  readonly categories: readonly CategoryView[];
}

type Found = Pick<LectureView | CourseView, 'title' | 'categoryId' | 'selected'>;

const has = (title: string, words: string | null): boolean =>
  title.toLocaleLowerCase().includes((words ?? '').trim().toLocaleLowerCase());

/** A category of the first tier takes in those under it. */
function isOf(categoryId: string | null, wanted: string | null, categories: readonly CategoryView[]): boolean {
  if (wanted === null || categoryId === wanted) return true;
  return categories.some(({ id, parentId }) => id === categoryId && parentId === wanted);
}

const suits = (found: Found, query: URLSearchParams, { categories }: Shelf): boolean =>
  has(found.title, query.get('q')) &&
  isOf(found.categoryId, query.get('categoryId'), categories) &&
  (query.get('selected') !== 'true' || found.selected);

const pageOf = <T>(items: T[]): Page<T> => ({ items, next: null });

/** Courses of which something is kept, as many lectures long as are kept. */
function courses({ lectures }: Shelf): CourseView[] {
  const counts = new Map<string, number>();
  for (const { course } of lectures) counts.set(course.id, (counts.get(course.id) ?? 0) + 1);
  const known = new Map(lectures.map(({ course }) => [course.id, course]));
  return [...known.values()]
    .map((course) => ({ ...course, lectureCount: counts.get(course.id) ?? 0 }))
    .sort((one, other) => one.title.localeCompare(other.title));
}

const inCourse = (lectures: readonly KeptLecture[], courseId: string | null): LectureView[] =>
  lectures
    .map(({ lecture }) => lecture)
    .filter((lecture) => courseId === null || lecture.courseId === courseId)
    .sort((one, other) => one.courseTitle.localeCompare(other.courseTitle) || one.position - other.position);

/** What the catalogue would answer if it held only what is kept here; undefined where that is no answer. */
export function answerFrom(shelf: Shelf, path: string): unknown {
  const { pathname, searchParams: query } = new URL(path, 'http://kept');
  const [, kind, id] = pathname.split('/');
  if (kind !== 'courses' && kind !== 'lectures') return undefined;
  const all: (CourseView | LectureView)[] =
    kind === 'courses' ? courses(shelf) : inCourse(shelf.lectures, query.get('courseId'));
  if (id !== undefined) return all.find((one) => one.id === id);
  return pageOf(all.filter((one) => suits(one, query, shelf)));
}
