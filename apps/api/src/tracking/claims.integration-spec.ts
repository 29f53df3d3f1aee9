import type { HallClaimState, SiteRecord } from '#libs/contracts';
import { CODE_STEP_MS } from '#libs/domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { type As, type Call, clientOf } from '../../../../test/support/client.js';
import { batchOf, send, spanOf, startWatching } from '../../../../test/support/tracking.js';
import { codeOf, handleOf } from './claim-batch.js';
import { decideClaim, pendingClaims, stateOfClaim } from './claims.queries.js';

/** The hall's clock now: it was switched on ten minutes ago. */
const NOW_CLOCK_MS = 600_000;
const DAY_MS = 86_400_000;

describe('a check-in by phone', () => {
  let house: Awaited<ReturnType<typeof startWatching>>;
  let call: Call;

  beforeAll(async () => {
    house = await startWatching();
    call = await clientOf(house.api.url, ['li', 'operator']);
    await house.newEdition();
  });
  afterAll(() => house.api.close());

  /** A hall that began five minutes ago, or some days before; it has reported or has not. */
  const hall = (daysAgo = 0) => {
    const [id, key] = [uuidv7(), randomBytes(32)];
    const session = house.hall({ id, spans: [spanOf(0, 0, 290_000, 300_000)] });
    const report = () =>
      send(house.api.url, batchOf([session], Date.now() - NOW_CLOCK_MS - daysAgo * DAY_MS), house.device);
    const tellKey = async (told = key, device: As = house.country.devices.hall) =>
      (await call('PUT', `/hall-sessions/${id}/key`, device, { key: told.toString('base64url') })).status;
    const codeAt = (clockMs: number) => {
      const step = Math.floor(clockMs / CODE_STEP_MS);
      return { step, code: codeOf(key, id, step) };
    };
    const claim = async (scan: object, as: As = 'li') => {
      const { body } = await call('POST', `/hall-sessions/${handleOf(id)}/claims`, as, { ageMs: 0, ...scan });
      return body as HallClaimState;
    };
    const people = async () => {
      const { body } = await call('GET', `/sites/${house.country.sites.hall}/record`, 'operator');
      const session = (body as SiteRecord).sessions?.find((one) => one.id === id);
      return session?.people.map(({ name, grade, coveredMs }) => [name, grade, coveredMs]);
    };
    return { id, key, report, tellKey, codeAt, claim, people };
  };

  it('counts from the scan on, under B, when the house hears of it in time', async () => {
    const { report, tellKey, codeAt, claim, people } = hall();
    await report();
    expect(await tellKey()).toBe(204);
    expect(await claim(codeAt(570_000))).toEqual({ state: 'counted', grade: 'B' });
    expect(await claim(codeAt(570_000))).toEqual({ state: 'counted', grade: 'B' });
    expect(await people()).toEqual([['李明', 'B', 20_000]]);
  });

  it('is told to the screen of that hall alone, until the learner leaves', async () => {
    const { id, report, tellKey, codeAt, claim } = hall();
    const { devices, learners } = house.country;
    const told = (as: As) => call('GET', `/hall-sessions/${id}/claims`, as);
    expect((await told(devices.hall)).status).toBe(404);
    await report();
    await tellKey();
    expect((await told(devices.hall)).body).toEqual({ items: [], next: null });
    await claim(codeAt(570_000));
    const checkIn = { seq: 3000, learnerId: learners.li.id, clockFromMs: 570_000, grade: 'B' };
    expect((await told(devices.hall)).body).toEqual({ items: [checkIn], next: null });
    expect((await told(devices.school)).status).toBe(404);
    expect((await told('operator')).status).toBe(403);
    const left = house.hall({ id, spans: [], presences: [{ ...checkIn, clockToMs: 580_000 }] });
    await send(house.api.url, batchOf([left], Date.now() - NOW_CLOCK_MS), house.device);
    expect((await told(devices.hall)).body).toEqual({ items: [], next: null });
  });

  it('counts again for a learner who left and has come back', async () => {
    const { id, report, tellKey, codeAt, claim } = hall();
    const { devices, learners } = house.country;
    const told = () => call('GET', `/hall-sessions/${id}/claims`, devices.hall);
    await report();
    await tellKey();
    await claim(codeAt(540_000));
    const first = { seq: 3000, learnerId: learners.li.id, clockFromMs: 540_000, grade: 'B' };
    const left = house.hall({ id, spans: [], presences: [{ ...first, clockToMs: 550_000 }] });
    await send(house.api.url, batchOf([left], Date.now() - NOW_CLOCK_MS), house.device);
    expect(await claim(codeAt(540_000))).toEqual({ state: 'counted', grade: 'B' });
    expect((await told()).body).toEqual({ items: [], next: null });
    expect(await claim(codeAt(570_000))).toEqual({ state: 'counted', grade: 'B' });
    expect((await told()).body).toEqual({ items: [{ ...first, seq: 3001, clockFromMs: 570_000 }], next: null });
  });

  it('waits for a hall that has no link, and counts when its key comes', async () => {
    const { report, tellKey, codeAt, claim, people } = hall();
    expect(await claim(codeAt(570_000))).toEqual({ state: 'pending', grade: null });
    expect(await tellKey()).toBe(404);
    await report();
    expect(await tellKey()).toBe(204);
    expect(await people()).toEqual([['李明', 'B', 20_000]]);
  });

  it('is worth C when only the phone says that it scanned in time', async () => {
    const { report, tellKey, codeAt, claim } = hall(2);
    await report();
    await tellKey();
    expect(await claim({ ...codeAt(570_000), ageMs: 2 * DAY_MS })).toEqual({ state: 'counted', grade: 'C' });
  });

  it('is nothing for a photo that was sent on, for a code of another hall, or for one made up; a good one still counts', async () => {
    const [here, elsewhere] = [hall(), hall()];
    await here.report();
    await here.tellKey();
    const refused = { state: 'refused', grade: null };
    expect(await here.claim(here.codeAt(330_000))).toEqual(refused);
    expect(await here.claim(elsewhere.codeAt(570_000))).toEqual(refused);
    expect(await here.claim({ step: 19, code: '0'.repeat(20) })).toEqual(refused);
    expect(await here.people()).toEqual([]);
    expect(await here.claim(here.codeAt(NOW_CLOCK_MS - 30_000))).toEqual({ state: 'counted', grade: 'B' });
  });

  it('is nothing after ten tries', async () => {
    const { report, tellKey, codeAt, claim } = hall();
    await report();
    await tellKey();
    for (let tries = 0; tries < 10; tries += 1)
      expect(await claim({ step: 19, code: '0'.repeat(20) })).toMatchObject({ state: 'refused' });
    expect(await claim(codeAt(570_000))).toMatchObject({ state: 'refused' });
  });

  it('is checked with the first key of the session’s own device', async () => {
    const { report, tellKey, codeAt, claim } = hall();
    await report();
    expect(await tellKey(randomBytes(32), house.country.devices.school)).toBe(404);
    expect(await tellKey()).toBe(204);
    await tellKey(randomBytes(32));
    expect(await claim(codeAt(570_000))).toMatchObject({ state: 'counted' });
  });

  it('reaches its hall, although another device has opened a session under what the screen shows', async () => {
    const { id, report, tellKey, codeAt, claim } = hall();
    const { sites, devices } = house.country;
    const shown = handleOf(id);
    const squat = house.hall({ id: shown, siteId: sites.school, spans: [] });
    await send(house.api.url, batchOf([squat], Date.now()), { authorization: devices.school.authorization });
    const key = randomBytes(32).toString('base64url');
    expect((await call('PUT', `/hall-sessions/${shown}/key`, devices.school, { key })).status).toBe(204);
    await report();
    expect(await tellKey()).toBe(204);
    expect(await claim(codeAt(570_000))).toEqual({ state: 'counted', grade: 'B' });
  });

  it('takes a seat when it counts, and none for each try before', async () => {
    const { id, report, tellKey, codeAt, claim } = hall();
    await report();
    await tellKey();
    for (let tries = 0; tries < 5; tries += 1) await claim({ step: 19, code: '0'.repeat(20) });
    await claim(codeAt(570_000));
    const { body } = await call('GET', `/hall-sessions/${id}/claims`, house.country.devices.hall);
    expect(body).toMatchObject({ items: [{ seq: 3000 }] });
  });

  it('is judged for itself: what was found of the one before it says nothing of it', async () => {
    const { id, codeAt, claim } = hall();
    const db = house.api.database.manager;
    const [handle, learnerId] = [handleOf(id), house.country.learners.li.id];
    await claim(codeAt(570_000));
    const [pending] = await pendingClaims(db, handle);
    expect(pending).toMatchObject({ learner_id: learnerId });
    const found = { state: 'refused', grade: null } as const;
    await decideClaim(db, handle, { learner_id: learnerId, batch_id: uuidv7() }, found);
    expect(await stateOfClaim(db, handle, learnerId)).toMatchObject({ state: 'pending' });
    if (pending) await decideClaim(db, handle, pending, { state: 'counted', grade: 'B' });
    if (pending) await decideClaim(db, handle, pending, found);
    expect(await stateOfClaim(db, handle, learnerId)).toEqual({ state: 'counted', grade: 'B' });
  });

  it('is for learners, and waits for no more halls than somebody can sit in', async () => {
    const scan = { step: 1, code: 'a'.repeat(20), ageMs: 0 };
    expect((await call('POST', `/hall-sessions/${uuidv7()}/claims`, 'operator', scan)).status).toBe(403);
    const statuses: number[] = [];
    for (let tries = 0; tries < 51; tries += 1)
      statuses.push((await call('POST', `/hall-sessions/${uuidv7()}/claims`, 'li', scan)).status);
    expect(statuses.slice(0, 50)).toEqual(Array<number>(50).fill(200));
    expect(statuses[50]).toBe(429);
  });
});
