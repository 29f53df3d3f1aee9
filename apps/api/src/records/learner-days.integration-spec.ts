import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LearnerDay, LearnerDays } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { batchOf, recordOf, seedEdition, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const MINUTE_MS = 60_000;

let house: Awaited<ReturnType<typeof startWatching>>;
let call: Call;
let li: string;
const lectures: { id: string; lectureId: string }[] = [];
beforeAll(async () => {
  house = await startWatching();
  call = await clientOf(house.api.url, ['li', 'operator', 'secretary', 'organiser', 'auditor']);
  li = house.country.learners.li.id;
  const courseId = house.country.course.id;
  for (const lengthMs of [10, 20]) {
    lectures.push(await seedEdition(house.api.database, { courseId, lengthMs: lengthMs * MINUTE_MS }));
  }
  const [first] = lectures;
  const again = { courseId, lengthMs: 10 * MINUTE_MS, lectureId: first?.lectureId ?? '', number: 2 };
  lectures.push(await seedEdition(house.api.database, again));
  await alone(0, '2026-03-02T04:00:00Z', 0, 10);
  await inTheHall(1, '2026-03-02T04:04:00Z', 0, 12);
  await alone(1, '2026-03-02T15:55:00Z', 5, 20);
  await alone(0, '2026-03-04T04:00:00Z', 0, 3);
  await alone(2, '2026-03-05T04:00:00Z', 0, 4);
});
afterAll(() => house.api.close());

/** Li watches minutes of a lecture by themselves. */
async function alone(lecture: number, at: string, from: number, to: number) {
  const spans = [spanOf(0, from * MINUTE_MS, to * MINUTE_MS, 0)];
  const session = house.personal({ id: uuidv7(), editionId: lectures[lecture]?.id, spans });
  await send(house.api.url, batchOf([session], Date.parse(at)), house.li);
}

async function inTheHall(lecture: number, at: string, from: number, to: number) {
  const spans = [spanOf(0, from * MINUTE_MS, to * MINUTE_MS, 0)];
  const presences = [{ seq: 0, learnerId: li, clockFromMs: 0, clockToMs: null, grade: 'B' }];
  const session = house.hall({ id: uuidv7(), editionId: lectures[lecture]?.id, spans, presences });
  await send(house.api.url, batchOf([session], Date.parse(at)), house.device);
}

const days = async (query = '') => (await call('GET', `/learners/${li}/days${query}`, 'li')).body as LearnerDays;
const dayOf = async (day: string, query = '') =>
  (await call('GET', `/learners/${li}/days/${day}${query}`, 'li')).body as LearnerDay;
const sum = (items: readonly { addedMinutesMs: number }[]) =>
  items.reduce((all, { addedMinutesMs }) => all + addedMinutesMs, 0);
const record = () => recordOf(house.api.url, li, house.li);

describe('the minutes of a learner', () => {
  it('come from days, whose shares sum to the number of the record', async () => {
    const { items, minutesMs } = await days();
    expect(items.map(({ day, minutesMs: ms, sessions }) => [day, ms / MINUTE_MS, sessions])).toEqual([
      ['2026-03-05', 4, 1],
      ['2026-03-04', 3, 1],
      ['2026-03-03', 10, 1],
      ['2026-03-02', 21, 3],
    ]);
    const told = await record();
    expect([sum(items), minutesMs]).toEqual([told.minutesMs, told.minutesMs]);
    expect(items.map(({ day, minutesMs: ms }) => ({ day, minutesMs: ms }))).toEqual(told.days);
  });

  it('of each day come from sessions, whose shares sum to the number of the day', async () => {
    for (const { day, minutesMs } of (await record()).days) {
      const told = await dayOf(day);
      expect([told.day, told.minutesMs, sum(told.items)]).toEqual([day, minutesMs, minutesMs]);
    }
  });

  it('are told session by session, the latest first: two screens at once are one minute', async () => {
    const { items, name } = await dayOf('2026-03-02');
    expect(name).toBe('李明');
    expect(items).toMatchObject([
      { kind: 'personal', from: '2026-03-02T15:55:00.000Z', to: '2026-03-02T16:00:00.000Z', minutesMs: 5 * MINUTE_MS },
      { kind: 'hall', siteName: 'Hall', grade: 'B', minutesMs: 12 * MINUTE_MS, addedMinutesMs: 6 * MINUTE_MS },
      { kind: 'personal', minutesMs: 10 * MINUTE_MS, addedMinutesMs: 10 * MINUTE_MS, editionId: lectures[0]?.id },
    ]);
    expect((await dayOf('2026-03-03')).items).toMatchObject([
      { from: '2026-03-02T16:00:00.000Z', lectureTitle: 'Wells', addedMinutesMs: 10 * MINUTE_MS },
    ]);
  });

  it('come page by page, with the same shares', async () => {
    const whole = (await days()).items;
    const first = await days('?limit=3');
    expect([...first.items, ...(await days(`?limit=3&after=${first.next ?? ''}`)).items]).toEqual(whole);
    const sessions = (await dayOf('2026-03-02')).items;
    const page = await dayOf('2026-03-02', '?limit=1');
    expect([...page.items, ...(await dayOf('2026-03-02', `?limit=2&after=${page.next ?? ''}`)).items]).toEqual(
      sessions,
    );
  });

  it('are none of a day on which nothing was watched, and of no day that is none', async () => {
    expect(await dayOf('2026-01-01')).toMatchObject({ minutesMs: 0, items: [], next: null });
    expect((await call('GET', `/learners/${li}/days/2026-02-30`, 'li')).status).toBe(400);
    expect((await call('GET', `/learners/${li}/days/2026-03-02?after=x`, 'li')).status).toBe(400);
  });
});

describe('the credit of a learner', () => {
  it('is the smaller of the minutes and what is covered, of each lecture its best edition', async () => {
    const { coveredMs, creditMs, minutesMs } = await days();
    const told = await record();
    const best = new Map<string, number>();
    for (const item of told.items) best.set(item.lectureId, Math.max(best.get(item.lectureId) ?? 0, item.coveredMs));
    expect(coveredMs).toBe([...best.values()].reduce((all, ms) => all + ms, 0));
    expect([creditMs, told.creditMs]).toEqual([Math.min(coveredMs, minutesMs), Math.min(coveredMs, minutesMs)]);
    expect(coveredMs).toBeLessThan(minutesMs);
  });
});

describe('the days of a learner', () => {
  it.each([
    ['operator', 200],
    ['secretary', 200],
    ['organiser', 403],
    ['auditor', 403],
  ])('are open to the %s: %s', async (login, status) => {
    for (const path of ['days', 'days/2026-03-02'])
      expect((await call('GET', `/learners/${li}/${path}`, login)).status).toBe(status);
  });

  it('are open to the device of their hall, and to nobody else’s', async () => {
    const { hall, school } = house.country.devices;
    expect((await call('GET', `/learners/${li}/days`, hall)).status).toBe(200);
    expect((await call('GET', `/learners/${li}/days/2026-03-02`, school)).status).toBe(403);
    expect((await call('GET', `/learners/${house.country.learners.wang.id}/days`, 'li')).status).toBe(403);
  });
});
