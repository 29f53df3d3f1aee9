import type { LectureView } from '#libs/contracts';
import { Edition, Still, Upload } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Answer, type Call, clientOf, eachOf } from '../../../../test/support/client.js';
import { type Country, seedCountry } from '../../../../test/support/people.js';

let api: TestApi;
let country: Country;
let call: Call;

beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  call = await clientOf(api.url, ['librarian', 'chief', 'li', 'auditor']);
});
afterAll(() => api.close());

const titles = (page: Answer) => eachOf(page, 'title');
const newCourse = async (unitId: string, title: string, more: object = {}) => {
  const { body } = await call('POST', '/courses', 'librarian', { unitId, title, ...more });
  return String(body.id);
};
const newLecture = async (courseId: string, title: string) => {
  const { body } = await call('POST', '/lectures', 'librarian', { courseId, title });
  return String(body.id);
};
const newEdition = async (lectureId: string, number: number, more: Partial<Omit<Edition, 'facts'>> = {}) => {
  const id = uuidv7();
  const source = { sourceName: 'a.mp4', sourceBytes: '1', sourceSha256: 'a'.repeat(64) };
  await api.database.manager.insert(Edition, { id, lectureId, number, ...source, ...more });
  return id;
};

describe('lectures', () => {
  it('come last in their course and can be moved within it', async () => {
    const course = await newCourse(country.units.centre, 'Ordered');
    const ids = [];
    for (const title of ['a', 'b', 'c']) ids.push(await newLecture(course, title));
    expect(titles(await call('GET', `/lectures?courseId=${course}`, 'li'))).toEqual(['a', 'b', 'c']);
    const moved = await call('PATCH', `/lectures/${ids[2]}`, 'librarian', { position: 0, title: 'C' });
    expect(moved.body).toMatchObject({ position: 0, title: 'C' });
    const first = await call('GET', `/lectures?courseId=${course}&limit=2`, 'li');
    const next = await call('GET', `/lectures?courseId=${course}&limit=2&after=${first.body.next}`, 'li');
    expect([...titles(first), ...titles(next)]).toEqual(['C', 'a', 'b']);
  });

  it('get a place each when many are added at once', async () => {
    const course = await newCourse(country.units.centre, 'Crowded');
    await Promise.all(Array.from({ length: 8 }, (_, index) => newLecture(course, `Lecture ${index}`)));
    const page = await call('GET', `/lectures?courseId=${course}`, 'li');
    expect(eachOf(page, 'position')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('tell the state of the newest edition and the length of the live one', async () => {
    const course = await newCourse(country.units.centre, 'States');
    const id = await newLecture(course, 'One');
    const get = async (language = 'en') => {
      const { body } = await call('GET', `/lectures/${id}`, 'li', undefined, language);
      return body as LectureView;
    };
    expect(await get()).toMatchObject({ state: 'empty', watchable: false, progress: 0, durationMs: null });

    const upload = uuidv7();
    const { id: accountId } = country.accounts.librarian;
    const receiving = { id: upload, accountId, lectureId: id, fileName: 'a.mp4', metadata: '', expiresAt: new Date() };
    await api.database.manager.insert(Upload, receiving);
    expect(await get()).toMatchObject({ state: 'uploading', watchable: false });
    await api.database.manager.update(Upload, upload, { state: 'refused', failureCode: 'digest-mismatch' });
    expect(await get()).toMatchObject({ state: 'failed', failure: { code: 'digest-mismatch' } });

    const live = await newEdition(id, 1, { state: 'encoding', progress: 0.25, live: true, durationMs: 61_000 });
    expect(await get()).toMatchObject({
      state: 'encoding',
      progress: 0.25,
      watchable: true,
      durationMs: 61_000,
      editionId: live,
    });
    await api.database.manager.insert(Still, {
      id: uuidv7(),
      editionId: live,
      kind: 'poster',
      atMs: 0,
      width: 1,
      height: 1,
      sha256: 'b'.repeat(64),
      bytes: 1,
    });
    await api.database.manager.update(Edition, live, { state: 'ready' });
    const ready = await get();
    expect(ready).toMatchObject({ state: 'ready', progress: 1 });
    expect(ready.failure).toBeUndefined();
    expect(ready.posterUrl).toMatch(new RegExp(`^/media/${live}/b{64}\\.jpg\\?token=[\\w.-]+$`));
    expect((await call('GET', `/courses/${course}`, 'li')).body.posterUrl).toContain(`/media/${live}/`);

    await newEdition(id, 2, {
      state: 'failed',
      failureCode: 'source-no-video',
      failureDetail: 'b.mp3 has no picture.',
    });
    expect(await get()).toMatchObject({ state: 'failed', watchable: true, durationMs: 61_000 });
    const { failure } = await get('zh-CN');
    expect(failure).toEqual({
      code: 'source-no-video',
      title: '文件中没有视频。',
      detail: 'b.mp3 has no picture.',
    });
    expect(titles(await call('GET', `/lectures?state=failed&courseId=${course}`, 'li'))).toEqual(['One']);
    expect(titles(await call('GET', `/lectures?state=ready&courseId=${course}`, 'li'))).toEqual([]);
  });

  it('are changed only by a librarian of their library', async () => {
    expect((await call('PATCH', `/lectures/${country.lecture.id}`, 'auditor', { title: 'x' })).status).toBe(403);
    expect((await call('PATCH', `/lectures/${country.lecture.id}`, 'chief', { title: 'x' })).status).toBe(403);
    expect((await call('DELETE', `/courses/${country.course.id}`, 'chief')).status).toBe(403);
  });
});
