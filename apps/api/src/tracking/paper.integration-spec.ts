import type { SiteRecord } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type Call, clientOf, eachOf } from '../../../../test/support/client.js';
import { seedEdition, startWatching } from '../../../../test/support/tracking.js';

const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];
const YESTERDAY = new Date(Date.now() - DAY_MS).toISOString();

describe('a session on paper', () => {
  let house: Awaited<ReturnType<typeof startWatching>>;
  let call: Call;
  let lectureId: string;

  beforeAll(async () => {
    house = await startWatching();
    call = await clientOf(house.api.url, ['operator', 'organiser', 'auditor', 'li']);
    const { country, api } = house;
    lectureId = (await seedEdition(api.database, { courseId: country.course.id, lengthMs: 10 * MINUTE_MS })).lectureId;
  });
  afterAll(() => house.api.close());

  const sheet = (more: object = {}) => ({
    id: uuidv7(),
    lectureId,
    startedAt: YESTERDAY,
    fromMs: 0,
    toMs: 9 * MINUTE_MS,
    present: [{ learnerId: house.country.learners.wang.id }, { learnerId: house.country.learners.li.id }],
    headCount: 4,
    note: 'We read it aloud',
    ...more,
  });
  const typeIn = (paper: object, as = 'operator', site = house.country.sites.hall) =>
    call('POST', `/sites/${site}/paper-sessions`, as, paper);
  /** By the clock on the wall of that hall. */
  const minute = (count: number) => new Date(Date.parse(YESTERDAY) + count * MINUTE_MS).toISOString();
  const sessions = async () =>
    ((await call('GET', `/sites/${house.country.sites.hall}/record`, 'operator')).body as SiteRecord).sessions ?? [];

  it('counts as any other, by roll-call, under a mark of its own', async () => {
    const paper = sheet();
    expect(await typeIn(paper)).toMatchObject({ status: 201, body: { sessionId: paper.id } });
    const found = (await sessions()).find(({ id }) => id === paper.id);
    expect(found).toMatchObject({ isPaper: true, kind: 'hall', datedBy: 'claim', startedAt: YESTERDAY, headCount: 4 });
    expect(found).toMatchObject({ note: 'We read it aloud', playedMs: 9 * MINUTE_MS });
    expect(found?.people.map(({ name, grade, coveredMs }) => [name, grade, coveredMs])).toEqual([
      ['李明', 'C', 9 * MINUTE_MS],
      ['王芳', 'C', 9 * MINUTE_MS],
    ]);
    const path = `/learners/${house.country.learners.li.id}/record`;
    const { items } = (await call('GET', path, 'li')).body as { items: { editionId: string; lectureId: string }[] };
    const edition = items.find((item) => item.lectureId === lectureId)?.editionId ?? '';
    const explained = await call('GET', `${path}/${edition}`, 'li');
    expect(explained.body.items).toMatchObject([{ id: paper.id, isPaper: true, deviceName: null, grade: 'C' }]);
  });

  it('counts everybody for the time that the sheet says, also who came twice', async () => {
    const { wang, li, zhao } = house.country.learners;
    const present = [
      { learnerId: wang.id, cameAt: minute(2), wentAt: minute(4) },
      { learnerId: li.id, cameAt: minute(-5) },
      { learnerId: wang.id, cameAt: minute(8) },
      { learnerId: zhao.id, wentAt: minute(1) },
    ];
    const paper = sheet({ present });
    expect((await typeIn(paper)).status).toBe(201);
    expect((await typeIn({ ...paper, present: present.toReversed() })).status).toBe(201);
    const found = (await sessions()).find(({ id }) => id === paper.id);
    const minutes = found?.people.map(({ name, coveredMs, lateMs, earlyMs }) => {
      return [name, ...[coveredMs, lateMs, earlyMs].map((ms) => ms / MINUTE_MS)];
    });
    expect(minutes).toEqual([
      ['李明', 9, 0, 0],
      ['王芳', 3, 2, 0],
      ['赵强', 1, 0, 8],
    ]);
  });

  it('goes by the roster of its day, and says of each line why it cannot stand', async () => {
    const { hall } = house.country.sites;
    const added = await call('POST', `/sites/${hall}/roster`, 'operator', { code: 'late', name: '后来' });
    const { id: late } = added.body as { id: string };
    const { li } = house.country.learners;
    const days = (count: number) => new Date(Date.now() - count * DAY_MS).toISOString();
    const refused = await typeIn(sheet({ startedAt: days(3), present: [{ learnerId: li.id }, { learnerId: late }] }));
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([
      { pointer: '/present/1/learnerId', detail: 'was not on this roster on the day of the session' },
    ]);
    const namesOn = async (day: string) =>
      eachOf(await call('GET', `/sites/${hall}/roster?on=${day.slice(0, 10)}`, 'operator'), 'name');
    expect(await namesOn(days(3))).toEqual(['李明', '王芳', '赵强']);
    expect(await namesOn(days(0))).toContain('后来');
    const set = (dates: string) =>
      house.api.database.query(`UPDATE roster_entry SET ${dates} WHERE learner_id = $1`, [late]);
    await set(`from_date = '2020-01-01', to_date = CURRENT_DATE - 2`);
    expect((await typeIn(sheet({ startedAt: days(3), present: [{ learnerId: late }] }))).status).toBe(201);
    expect((await typeIn(sheet({ startedAt: days(0.5), present: [{ learnerId: late }] }))).status).toBe(400);
    expect(await namesOn(days(3))).toContain('后来');
  });

  it('goes by a roster whose days are those of its site, which are not that of the house everywhere', async () => {
    const zone = new Date().getUTCHours() >= 12 ? 'Pacific/Kiritimati' : 'Etc/GMT+12';
    const stand = (timeZone: string) =>
      house.api.database.query(`UPDATE unit SET time_zone = $1 WHERE id = $2`, [
        timeZone,
        house.country.units.villageA,
      ]);
    const path = `/sites/${house.country.sites.hall}/roster`;
    await stand(zone);
    const { body } = await call('POST', path, 'operator', { code: 'N-9', name: '钱进' });
    await call('DELETE', `${path}/${String(body.id)}`, 'operator');
    await stand('Asia/Shanghai');
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
    expect(today).not.toBe(new Date().toISOString().slice(0, 10));
    const dates = `SELECT from_date::text AS "from", to_date::text AS "to" FROM roster_entry WHERE learner_id = $1`;
    expect(await house.api.database.query<unknown>(dates, [body.id])).toEqual([{ from: today, to: today }]);
  });

  it('is a deed in the audit log, once, with who did it and no name', async () => {
    const paper = sheet();
    for (let tries = 0; tries < 2; tries += 1) await typeIn(paper, 'organiser');
    const entries = await house.api.database.query<{ content: string }[]>(
      `SELECT content FROM audit_entry WHERE content LIKE $1`,
      [`%${paper.id}%`],
    );
    expect(entries.map(({ content }) => JSON.parse(content) as object)).toMatchObject([
      {
        by: house.country.accounts.organiser.id,
        deed: 'paper-typed-in',
        facts: { session: paper.id, site: house.country.sites.hall, lecture: lectureId, people: 2, heads: 4 },
      },
    ]);
  });

  it('is one, however often it is sent, and never becomes another', async () => {
    const paper = sheet();
    const before = (await sessions()).length;
    for (let tries = 0; tries < 3; tries += 1) expect((await typeIn(paper)).status).toBe(201);
    expect((await sessions()).length).toBe(before + 1);
    expect((await typeIn({ ...paper, headCount: 400 })).status).toBe(409);
    expect((await typeIn({ ...paper, toMs: 8 * MINUTE_MS }, 'organiser')).status).toBe(409);
  });

  it('cannot claim what cannot have been', async () => {
    const soon = new Date(Date.now() - 8 * MINUTE_MS).toISOString();
    for (const impossible of [
      { toMs: 10 * MINUTE_MS + 1 },
      { fromMs: 5000, toMs: 5000 },
      { startedAt: soon },
      { startedAt: '1970-01-01T00:00:00Z' },
      { startedAt: '' },
      { present: [{ learnerId: house.country.learners.chen.id }] },
      { present: [{ learnerId: house.country.learners.li.id, cameAt: minute(9) }] },
      { present: [{ learnerId: house.country.learners.li.id, cameAt: minute(5), wentAt: minute(5) }] },
      { headCount: -1 },
    ])
      expect((await typeIn(sheet(impossible))).status).toBe(400);
    expect((await typeIn(sheet({ lectureId: uuidv7() }))).status).toBe(404);
  });

  it('is typed in by those who answer for the roster, and by nobody else', async () => {
    expect((await typeIn(sheet(), 'operator', house.country.sites.school)).status).toBe(403);
    expect((await typeIn(sheet(), 'auditor')).status).toBe(403);
    expect((await typeIn(sheet(), 'li')).status).toBe(403);
    expect((await typeIn(sheet(), 'organiser')).status).toBe(201);
  });
});
