import type { CategoryView, CourseView, LectureView, Page } from '#libs/contracts';
import { describe, expect, it } from '@jest/globals';
import { keptLecture } from './kept-stage.js';
import { answerFrom } from './offline-answers.js';

const soil = { id: 'soil', title: 'Soil and Water', categoryId: 'field', selected: true };
const shelf = {
  lectures: [
    keptLecture('Terraces', soil),
    keptLecture('Ditches', soil),
    keptLecture('Knots', { id: 'rope', title: 'Ropes' }),
  ],
  categories: [{ id: 'field', parentId: 'farm' } as CategoryView],
};
const titles = (path: string) =>
  (answerFrom(shelf, path) as Page<CourseView | LectureView>).items.map(({ title }) => title);

describe('the catalogue without a link', () => {
  it('is that of what is kept: by title, by category of either tier, by what is picked', () => {
    expect(titles('/courses?limit=24')).toEqual(['Ropes', 'Soil and Water']);
    expect(titles('/courses?q=WATER&limit=24')).toEqual(['Soil and Water']);
    expect(titles('/courses?categoryId=farm')).toEqual(['Soil and Water']);
    expect(titles('/courses?categoryId=field')).toEqual(['Soil and Water']);
    expect(titles('/courses?selected=true')).toEqual(['Soil and Water']);
    expect(titles('/courses?q=nothing')).toEqual([]);
  });

  it('counts in a course what is kept of it, and finds it by its address', () => {
    expect(answerFrom(shelf, '/courses/soil')).toMatchObject({ title: 'Soil and Water', lectureCount: 2 });
    expect(titles('/lectures?courseId=soil&limit=100')).toEqual(['Terraces', 'Ditches']);
    expect(answerFrom(shelf, '/lectures/Knots')).toMatchObject({ title: 'Knots' });
  });

  it('does not answer what it cannot know', () => {
    expect(answerFrom(shelf, '/courses/other')).toBeUndefined();
    expect(answerFrom(shelf, '/learners/1/record')).toBeUndefined();
  });
});
