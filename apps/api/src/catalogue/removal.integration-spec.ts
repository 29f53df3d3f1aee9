import { Course, Edition, Lecture } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { type Country, seedCountry } from '../../../../test/support/people.js';
import { batchOf, send, spanOf } from '../../../../test/support/tracking.js';

let api: TestApi;
let country: Country;
let call: Call;

beforeAll(async () => {
  api = await startApi();
  country = await seedCountry(api.database);
  call = await clientOf(api.url, ['librarian']);
});
afterAll(() => api.close());

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

describe('deleting', () => {
  const withMedia = async () => {
    const courseId = await newCourse(country.units.centre, 'To go');
    const lectureId = await newLecture(courseId, 'To go');
    const editionId = await newEdition(lectureId, 1, { live: true, durationMs: 1000 });
    const folder = join(api.config.mediaRoot, 'editions', editionId);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'x.m4s'), '');
    await mkdir(join(api.config.mediaRoot, 'sources'), { recursive: true });
    await writeFile(join(api.config.mediaRoot, 'sources', editionId), '');
    return { courseId, lectureId, editionId };
  };
  const media = async (folder: string) => readdir(join(api.config.mediaRoot, folder));

  it('takes a lecture, or a course with its lectures, out with the media', async () => {
    const one = await withMedia();
    expect((await call('DELETE', `/lectures/${one.lectureId}`, 'librarian')).status).toBe(204);
    expect((await call('DELETE', `/lectures/${one.lectureId}`, 'librarian')).status).toBe(404);
    const other = await withMedia();
    expect((await call('DELETE', `/courses/${other.courseId}`, 'librarian')).status).toBe(204);
    expect(await api.database.manager.countBy(Course, { id: other.courseId })).toBe(0);
    expect(await media('editions')).not.toContain(one.editionId);
    expect([...(await media('editions')), ...(await media('sources'))]).not.toContain(other.editionId);
  });

  it('is refused for what somebody has watched', async () => {
    const { courseId, lectureId, editionId } = await withMedia();
    await api.database.query(
      `INSERT INTO learner_credit (learner_id, edition_id, length_ms, covered_ms, minutes_ms, credit_ms, complete,
         rule_version, covered_by_grade, watched) VALUES ($1, $2, 1000, 1, 1, 1, false, 1, '{}', '[]')`,
      [country.learners.li.id, editionId],
    );
    expect(await call('DELETE', `/lectures/${lectureId}`, 'librarian')).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect((await call('DELETE', `/courses/${courseId}`, 'librarian')).status).toBe(409);
    expect(await api.database.manager.countBy(Lecture, { id: lectureId })).toBe(1);
    expect(await media('editions')).toContain(editionId);
  });

  it('is refused for what somebody is just watching, before anything is derived of it', async () => {
    const { lectureId, editionId } = await withMedia();
    const { authorization } = country.devices.hall;
    const seen = { id: uuidv7(), editionId, kind: 'hall', clockAtStartMs: 0, spans: [spanOf(0, 0, 900)] };
    const { results } = await send(api.url, batchOf([seen], Date.now() - 60_000), { authorization });
    expect(results).toMatchObject([{ accepted: 1 }]);
    expect((await call('DELETE', `/lectures/${lectureId}`, 'librarian')).status).toBe(409);
  });
});
