import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LearnerExplanation } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import { signIn } from '../../../../test/support/people.js';
import { batchOf, recordOf, seedEdition, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const YESTERDAY_MS = Date.now() - 86_400_000;
const at = (ms: number) => new Date(YESTERDAY_MS + ms).toISOString();

let house: Awaited<ReturnType<typeof startWatching>>;
let edition: { id: string; lectureId: string };
let li: string;
const [hall, personal] = [uuidv7(), uuidv7()];
beforeAll(async () => {
  house = await startWatching();
  li = house.country.learners.li.id;
  edition = await seedEdition(house.api.database, { courseId: house.country.course.id, lengthMs: 60_000 });
  const presence = { seq: 0, learnerId: li, clockFromMs: 20_000, clockToMs: null, grade: 'C' };
  const other = { ...presence, seq: 1, learnerId: house.country.learners.zhao.id, clockFromMs: 0 };
  const shown = {
    id: hall,
    editionId: edition.id,
    kind: 'hall',
    siteId: house.country.sites.hall,
    clockAtStartMs: 0,
    spans: [
      spanOf(0, 0, 10_000),
      spanOf(1, 10_000, 40_000),
      { ...spanOf(2, 40_000, 60_000, 50_000), clockToMs: 51_000 },
    ],
    presences: [presence, other],
  };
  await send(house.api.url, batchOf([shown], YESTERDAY_MS), house.device);
  const alone = house.personal({ id: personal, editionId: edition.id, spans: [spanOf(0, 30_000, 60_000)] });
  await send(house.api.url, batchOf([alone], YESTERDAY_MS + 3_600_000), house.li);
});
afterAll(() => house.api.close());

const explain = async (headers: Record<string, string>, editionId = edition.id, query = '') => {
  const response = await fetch(`${house.api.url}/api/v1/learners/${li}/record/${editionId}${query}`, { headers });
  return { status: response.status, body: (await response.json()) as LearnerExplanation };
};

describe('the explanation of a number', () => {
  it('lists the sessions it comes from, the latest first: where, when, by which device, by which grade', async () => {
    const { body } = await explain(house.li);
    expect(body).toMatchObject({ name: '李明', lectureTitle: 'Wells', neededMs: 57_000, paceFactor: 2, next: null });
    expect(body.items).toMatchObject([
      { id: personal, kind: 'personal', deviceName: null, grade: 'B', startedAt: at(3_600_000 + 30_000) },
      { id: hall, kind: 'hall', siteName: 'Hall', deviceName: 'box', grade: 'C', startedAt: at(0), datedBy: 'anchor' },
    ]);
  });

  it('tells what each session added, which sums to the numbers of the record', async () => {
    const { body } = await explain(house.li);
    expect(body.items).toMatchObject([
      { coveredMs: 30_000, addedCoveredMs: 20_000, minutesMs: 30_000, addedMinutesMs: 30_000 },
      { coveredMs: 20_000, addedCoveredMs: 20_000, minutesMs: 20_000, addedMinutesMs: 20_000 },
    ]);
    const record = (await recordOf(house.api.url, li, house.li)).items.find(
      ({ editionId }) => editionId === edition.id,
    );
    expect(record).toMatchObject({ coveredMs: 40_000, minutesMs: 50_000 });
    const { coveredMs, minutesMs, creditMs, complete, byGrade, watched } = body;
    expect(record).toMatchObject({ coveredMs, minutesMs, creditMs, complete, byGrade, watched });
  });

  it('tells each span, how much of it the learner was there for, and what did not count and why', async () => {
    const [, session] = (await explain(house.li)).body.items;
    expect(session?.spans).toEqual([
      { seq: 0, fromMs: 0, toMs: 10_000, rate: 1, startedAt: at(0), endedAt: at(10_000), presentMs: 0 },
      { seq: 1, fromMs: 10_000, toMs: 40_000, rate: 1, startedAt: at(10_000), endedAt: at(40_000), presentMs: 20_000 },
    ]);
    expect(session?.presences).toEqual([{ seq: 0, grade: 'C', source: 'report', from: at(20_000), to: null }]);
    expect(session?.refused).toMatchObject([{ item: 'span', seq: 2, code: 'faster-than-clock' }]);
  });

  it('comes in pages, each session with the same share as on one page', async () => {
    const whole = (await explain(house.li)).body.items;
    const first = (await explain(house.li, edition.id, '?limit=1')).body;
    const second = (await explain(house.li, edition.id, `?limit=1&after=${first.next ?? ''}`)).body;
    expect([...first.items, ...second.items]).toEqual(whole);
    expect(second.next).toBeNull();
  });

  it('follows coverage that a map carries over from an older edition', async () => {
    const { lectureId } = edition;
    const { id } = await seedEdition(house.api.database, { courseId: '', lengthMs: 80_000, lectureId, number: 2 });
    const { cookie } = await signIn(house.api.url, 'librarian');
    const put = await fetch(`${house.api.url}/api/v1/editions/${id}/segment-maps/${edition.id}`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ segments: [{ fromMs: 0, toMs: 50_000, newFromMs: 20_000 }] }),
    });
    expect(put.status).toBeLessThan(300);
    const { body } = await explain(house.li, id);
    expect(body).toMatchObject({ coveredMs: 30_000, minutesMs: 50_000 });
    expect(body.items).toMatchObject([
      { id: personal, editionNumber: 1, addedCoveredMs: 10_000 },
      { id: hall, editionNumber: 1, addedCoveredMs: 20_000 },
    ]);
  });

  it('is for the learner and those who keep the roster; of what was never watched there is none', async () => {
    const as = async (login: string) => (await explain({ cookie: (await signIn(house.api.url, login)).cookie })).status;
    expect([await as('operator'), await as('secretary')]).toEqual([200, 200]);
    for (const login of ['organiser', 'chief', 'auditor', 'librarian']) expect(await as(login)).toBe(403);
    expect((await explain(house.device)).status).toBe(200);
    expect((await explain({ authorization: house.country.devices.school.authorization })).status).toBe(403);
    expect((await explain(house.li, uuidv7())).status).toBe(404);
  });
});
