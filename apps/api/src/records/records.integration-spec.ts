import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LearnerRecord, LectureRecord, SiteRecord } from '#libs/contracts';
import { signIn } from '../../../../test/support/people.js';
import { batchOf, seedEdition, send, spanOf, startWatching } from '../../../../test/support/tracking.js';
import { v7 as uuidv7 } from 'uuid';

let house: Awaited<ReturnType<typeof startWatching>>;
let edition: { id: string; lectureId: string };
beforeAll(async () => {
  house = await startWatching();
  const { learners, sites, course } = house.country;
  edition = await seedEdition(house.api.database, { courseId: course.id, lengthMs: 60_000 });
  await house.api.database.query(`UPDATE learner SET name = '=1+1' WHERE id = $1`, [learners.zhao.id]);
  const presence = (seq: number, learnerId: string, clockFromMs: number, grade: string) => {
    return { seq, learnerId, clockFromMs, clockToMs: null, grade };
  };
  const session = {
    id: uuidv7(),
    editionId: edition.id,
    kind: 'hall',
    siteId: sites.hall,
    clockAtStartMs: 0,
    spans: [spanOf(0, 0, 60_000)],
    presences: [presence(0, learners.li.id, 0, 'B'), presence(1, learners.zhao.id, 30_000, 'C')],
    headCount: 4,
    note: 'What we grow',
  };
  await send(house.api.url, batchOf([session], Date.now() - 86_400_000), house.device);
});
afterAll(() => house.api.close());

const get = async (path: string, login: string, headers: Record<string, string> = {}) => {
  const { cookie } = await signIn(house.api.url, login);
  return fetch(`${house.api.url}/api/v1${path}`, { headers: { cookie, ...headers } });
};
const siteRecord = async (login: string) =>
  (await (await get(`/sites/${house.country.sites.hall}/record`, login)).json()) as SiteRecord;

describe('the record of a site', () => {
  it.each(['operator', 'secretary'])(
    'names to the %s, who keeps its roster, who was there and how sure we are',
    async (login) => {
      const record = await siteRecord(login);
      expect(record).toMatchObject({ audience: 6, byGrade: { A: 0, B: 1, C: 1, D: 4 }, minutesMs: 90_000 });
      expect(record.lectures).toMatchObject([{ editionId: edition.id, audience: 6, minutesMs: 90_000 }]);
      expect(record.learners).toHaveLength(3);
      expect(record.learners).toContainEqual(
        expect.objectContaining({ name: '李明', lectures: 1, completed: 1, coveredMs: 60_000, creditMs: 60_000 }),
      );
      expect(record.sessions).toMatchObject([
        { headCount: 4, note: 'What we grow', datedBy: 'anchor', playedMs: 60_000 },
      ]);
      expect(record.sessions?.[0]?.people).toHaveLength(2);
    },
  );

  it.each(['auditor', 'organiser', 'chief'])(
    'tells the %s of a unit above counts only, and no group smaller than five',
    async (login) => {
      const record = await siteRecord(login);
      const byGrade = { A: null, B: null, C: null, D: null };
      expect(record).toMatchObject({ audience: 6, byGrade, completions: null, learners: null, sessions: null });
      expect(record.lectures).toMatchObject([{ audience: 6, byGrade, minutesMs: 90_000, completions: null }]);
      expect(JSON.stringify(record)).not.toContain('李明');
    },
  );

  it('is empty for days on which nothing was shown', async () => {
    const response = await get(`/sites/${house.country.sites.hall}/record?to=2020-01-01`, 'operator');
    expect(await response.json()).toMatchObject({ audience: 0, lectures: [], sessions: [] });
  });

  it('is a table that a spreadsheet opens, without names for those who may not see them', async () => {
    const path = `/sites/${house.country.sites.hall}/record?format=csv`;
    const response = await get(path, 'operator');
    expect(response.headers.get('content-type')).toContain('text/csv');
    const text = Buffer.from(await response.arrayBuffer()).toString();
    expect(text.startsWith('\uFEFFLecture,')).toBe(true);
    expect(text).toContain(`,李明,100.0 %,1.0,60000,1.0,60000,1.0,60000,1.0,60000,yes\r\n`);
    expect(text).toContain(`,'=1+1,50.0 %,0.5,30000,1.0,60000,0.5,30000,0.5,30000,no\r\n`);
    expect(text).toContain('Wells,1,D,4,');
    for (const login of ['auditor', 'organiser', 'chief']) {
      const counts = await (await get(path, login)).text();
      expect(counts).toContain('Wells,1,B,not told,');
      expect(counts).not.toContain('李明');
    }
  });

  it('is a table in the language of its reader', async () => {
    const path = `/sites/${house.country.sites.hall}/record?format=csv`;
    const text = await (await get(path, 'operator', { 'accept-language': 'zh-CN,zh;q=0.9' })).text();
    expect(text).toContain('讲座,版本,证据等级,人数,学员编号,学员,覆盖率,已覆盖（分钟）');
    expect(text).toMatch(/,李明,.*,是\r\n/);
    expect(text).toMatch(/,'=1\+1,.*,否\r\n/);
  });
});

describe('a hall that was held although nothing played', () => {
  it('stands in the list with its roll and its note, and adds nothing to the audience', async () => {
    const { sites, learners } = house.country;
    const presence = { seq: 0, learnerId: learners.wang.id, clockFromMs: 0, clockToMs: null, grade: 'C' };
    const session = { id: uuidv7(), editionId: edition.id, kind: 'hall', siteId: sites.hall, clockAtStartMs: 0 };
    const held = { ...session, spans: [], presences: [presence], headCount: 9, note: 'The lamp was broken' };
    await send(house.api.url, batchOf([held], Date.now() - 3_600_000), house.device);
    const record = await siteRecord('operator');
    expect(record.sessions?.[0]).toMatchObject({ id: held.id, note: held.note, playedMs: 0, headCount: 9 });
    expect(record.sessions?.[0]?.people).toMatchObject([{ name: '王芳', grade: 'C', minutesMs: 0, coveredMs: 0 }]);
    expect(record).toMatchObject({ audience: 6, minutesMs: 90_000 });
  });
});

describe('the record of a lecture', () => {
  it('tells who watched it, where, page by page', async () => {
    const path = `/lectures/${edition.lectureId}/record`;
    const first = (await (await get(`${path}?limit=1`, 'operator')).json()) as LectureRecord;
    expect(first.sites).toMatchObject([{ siteName: 'Hall', audience: 6 }]);
    const rest = (await (await get(`${path}?limit=1&after=${first.next ?? ''}`, 'operator')).json()) as LectureRecord;
    expect(rest.next).toBeNull();
    const names = [...first.items, ...rest.items].map(({ name }) => name);
    expect(names.sort()).toEqual(['=1+1', '李明']);
    const table = await (await get(`${path}?format=csv`, 'secretary')).text();
    expect(table).toContain('李明');
    expect(table).toContain('Hall,D,4,');
  });

  it.each(['auditor', 'organiser'])('is a table of counts for the %s of a unit above', async (login) => {
    const table = await (await get(`/lectures/${edition.lectureId}/record?format=csv`, login)).text();
    expect(table).toContain('Hall,B,not told,');
    expect(table).not.toContain('李明');
  });

  it.each(['auditor', 'organiser'])('names nobody to the %s of a unit above', async (login) => {
    const record = (await (await get(`/lectures/${edition.lectureId}/record`, login)).json()) as LectureRecord;
    expect(record.items).toEqual([]);
    expect(record.sites).toMatchObject([{ audience: 6, byGrade: { B: null } }]);
  });
});

describe('the record of a learner', () => {
  it.each([
    ['li', 200],
    ['operator', 200],
    ['secretary', 200],
    ['organiser', 403],
    ['chief', 403],
    ['auditor', 403],
    ['librarian', 403],
  ])('is open to %s: %s', async (login, status) => {
    expect((await get(`/learners/${house.country.learners.li.id}/record`, login)).status).toBe(status);
  });

  it('is closed to another learner', async () => {
    expect((await get(`/learners/${house.country.learners.wang.id}/record`, 'li')).status).toBe(403);
  });

  it('says when more was refused than it lists', async () => {
    const { wang } = house.country.learners;
    await house.api.database.query(
      `INSERT INTO tracking_refusal (session_id, credential, item, seq, code, detail, learner_id, edition_id)
       SELECT $1, 'somebody', 'span', n, 'malformed', '', $2, $3 FROM generate_series(1, 10001) n`,
      [uuidv7(), wang.id, edition.id],
    );
    const record = (await (await get(`/learners/${wang.id}/record`, 'operator')).json()) as LearnerRecord;
    expect(record.refusedTruncated).toBe(true);
    expect(record.items.flatMap(({ refused }) => refused)).toHaveLength(10_000);
  });

  it('tells minutes by day and over all', async () => {
    const response = await get(`/learners/${house.country.learners.li.id}/record`, 'li');
    expect(await response.json()).toMatchObject({ minutesMs: 60_000, creditMs: 60_000, days: [{ minutesMs: 60_000 }] });
  });
});
