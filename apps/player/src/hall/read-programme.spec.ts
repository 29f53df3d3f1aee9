import type { LectureView } from '#libs/contracts';
import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../server/refusal.js';
import { programmeFrom } from './programme.js';
import { type Ask, MOST_LECTURES, readProgramme, SITE_LIST } from './read-programme.js';

const lecture = (id: string, watchable = true) => ({ id, watchable }) as LectureView;
const courseOf = (courseId: string, lectures: LectureView[]) => ({
  [`/lectures?courseId=${courseId}&limit=100`]: { items: lectures, next: null },
});
const answering =
  (answers: Record<string, unknown>): Ask =>
  <T>(path: string) =>
    answers[path] === undefined ? Promise.reject(new Refusal('no-link', 0)) : Promise.resolve(answers[path] as T);
const idsOf = async (answers: Record<string, unknown>, key: string) =>
  (await readProgramme(answering(answers), key)).map(({ id }) => id);

describe('readProgramme', () => {
  it('is a course in its order, without what cannot be watched yet', async () => {
    expect(await idsOf(courseOf('c', [lecture('1'), lecture('2', false), lecture('3')]), 'c')).toEqual(['1', '3']);
  });

  it('is the list of the site in the order of its picks, each lecture once', async () => {
    const picks = [
      { courseId: null, lectureId: '9' },
      { courseId: 'c', lectureId: null },
      { courseId: null, lectureId: '2' },
    ];
    const answers = {
      '/selections?limit=200': { items: picks, next: null },
      ...courseOf('c', [lecture('1'), lecture('2')]),
      '/lectures/2': lecture('2'),
      '/lectures/9': lecture('9'),
    };
    expect(await idsOf(answers, SITE_LIST)).toEqual(['2', '1', '9']);
    // Without a link, what was never read is left out.
    const unread = { ...answers, '/lectures/9': undefined };
    expect(await idsOf(unread, SITE_LIST)).toEqual(['2', '1']);
  });

  it('is no longer than an evening could ever be', async () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ courseId: null, lectureId: String(index) }));
    const answers = Object.fromEntries(many.map(({ lectureId }) => [`/lectures/${lectureId}`, lecture(lectureId)]));
    const found = await idsOf({ ...answers, '/selections?limit=200': { items: many, next: null } }, SITE_LIST);
    expect(found).toHaveLength(MOST_LECTURES);
  });

  it('says so when it cannot be read at all', async () => {
    await expect(readProgramme(answering({}), SITE_LIST)).rejects.toThrow(Refusal);
  });
});

describe('programmeFrom', () => {
  it('goes on after the lecture with which it begins', () => {
    const all = ['1', '2', '3'].map((id) => lecture(id));
    expect(programmeFrom('Soil', all, '2')?.rest.map(({ id }) => id)).toEqual(['3']);
    expect(programmeFrom('Soil', all, '3')?.rest).toEqual([]);
    expect(programmeFrom('Soil', all, '4')).toBeUndefined();
  });
});
