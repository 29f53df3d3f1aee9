import type { LectureView } from '#libs/contracts';
import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../server/refusal.js';
import type { Ask } from '../server/every-item.js';
import { MOST_IN_A_ROW, programmeFrom } from './programme.js';
import { readProgramme, SITE_LIST } from './read-programme.js';

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

  it('asks once for all that is picked one by one, and goes without those that are gone', async () => {
    const picks = Array.from({ length: 150 }, (_, index) => ({ courseId: null, lectureId: String(index) }));
    const all = picks.slice(1).map(({ lectureId }) => lecture(lectureId));
    const asked: string[] = [];
    const ask: Ask = <T>(path: string) => {
      asked.push(path);
      return answering({
        '/selections?limit=200': { items: picks, next: null },
        '/lectures?selected=true&limit=100': { items: all.slice(0, 100), next: 'b' },
        '/lectures?selected=true&limit=100&after=b': { items: all.slice(100), next: null },
      })<T>(path);
    };
    const found = await readProgramme(ask, SITE_LIST);
    expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toReversed());
    expect(asked).toHaveLength(4);
  });

  it('reads a course to its end, or without a link as far as it was read', async () => {
    const first = '/lectures?courseId=c&limit=100';
    const answers = { [first]: { items: [lecture('1')], next: 'a b' } };
    const second = { [`${first}&after=a%20b`]: { items: [lecture('2')], next: null } };
    expect(await idsOf({ ...answers, ...second }, 'c')).toEqual(['1', '2']);
    expect(await idsOf(answers, 'c')).toEqual(['1']);
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

  it('begins with any lecture of a list, and is no longer than an evening could ever be', () => {
    const many = Array.from({ length: 300 }, (_, index) => lecture(String(index)));
    expect(programmeFrom('Soil', many, '150')?.rest.map(({ id }) => id)).toEqual(
      many.slice(151, 150 + MOST_IN_A_ROW).map(({ id }) => id),
    );
    expect(programmeFrom('Soil', many, '298')?.rest).toHaveLength(1);
  });
});
