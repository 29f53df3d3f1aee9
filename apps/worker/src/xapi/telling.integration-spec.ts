import { videoExtensions, videoVerbs, type Statement } from '#libs/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signIn } from '../../../../test/support/people.js';
import { HOME, startTelling, verbsOf, YESTERDAY } from '../../../../test/support/telling.js';
import { batchOf, seedLearner, send, spanOf } from '../../../../test/support/tracking.js';
import { announce } from './sender.queries.js';

let house: Awaited<ReturnType<typeof startTelling>>;
beforeAll(async () => {
  house = await startTelling();
});
afterAll(() => house.api.close());

const begin = (settleMs: number) =>
  announce(house.api.database.manager, { endpoint: 'http://lrs.example', key: 'k', secret: 's', home: HOME, settleMs });
beforeEach(async () => {
  await house.empty();
  await begin(0);
});

describe('what is told', () => {
  it('is one session of the profile for each that has settled, and of a late span only what is new', async () => {
    await house.newEdition();
    const { learnerId, session } = await house.watch();
    const first = await house.outbox();
    expect(verbsOf(first)).toEqual(['initialized', 'played', 'paused', 'terminated']);
    expect(new Set(first.map(({ actor }) => actor.account.name))).toEqual(new Set([learnerId]));

    const grown = { ...session, spans: [spanOf(0, 0, 25_000), spanOf(1, 60_000, 600_000)] };
    await send(house.api.url, batchOf([grown], YESTERDAY), house.device);
    await house.tellAll();
    await house.tellAll();
    const later = (await house.outbox()).slice(4);
    expect(verbsOf(later)).toEqual(['initialized', 'played', 'paused', 'seeked', 'played', 'paused', 'terminated']);
    const last = later.at(-1);
    expect(last?.result?.extensions?.[videoExtensions.playedSegments]).toBe(
      '0.000[.]15.000[,]15.000[.]25.000[,]60.000[.]600.000',
    );
    expect(last?.context.registration).toBe(first[0]?.context.registration);
  });

  it('of a hall is each named learner, from when they came to when they left, with the grade', async () => {
    await house.newEdition();
    const [early, late] = [
      await seedLearner(house.api.database, house.country.sites.hall),
      await seedLearner(house.api.database, house.country.sites.hall),
    ];
    const presences = [
      { seq: 0, learnerId: early, clockFromMs: 0, clockToMs: 20_000, grade: 'B' },
      { seq: 1, learnerId: late, clockFromMs: 30_000, clockToMs: null, grade: 'C' },
    ];
    await send(house.api.url, batchOf([house.hall({ presences, headCount: 9 })], YESTERDAY), house.device);
    await house.tellAll();
    const ends = (await house.outbox()).filter(({ verb }) => verb.id === videoVerbs.terminated);
    const tell = ({ actor, result, context }: Statement) => [
      actor.account.name,
      result?.extensions?.[videoExtensions.playedSegments],
      context.extensions[`${HOME}/xapi/extensions/evidence-grade`],
    ];
    expect(ends.map(tell).sort()).toEqual(
      [
        [early, '0.000[.]20.000', 'B'],
        [late, '30.000[.]60.000', 'C'],
      ].sort(),
    );
  });

  it('waits until nothing more has come for a while, and until the edition is measured', async () => {
    await house.newEdition();
    await begin(600_000);
    await house.watch();
    expect(await house.outbox()).toEqual([]);
    await house.api.database.query(`UPDATE xapi_due SET due_at = now()`);
    const editionId = await house.newEdition();
    await house.api.database.query(`UPDATE edition SET duration_ms = NULL WHERE id = $1`, [editionId]);
    await house.tellAll();
    expect(await house.outbox()).toHaveLength(4);
    await house.watch();
    await house.api.database.query(`UPDATE xapi_due SET due_at = now()`);
    await house.tellAll();
    expect(await house.outbox()).toHaveLength(4);
    await house.api.database.query(`UPDATE edition SET duration_ms = 600000 WHERE id = $1`, [editionId]);
    await house.tellAll();
    await house.api.database.query(`UPDATE xapi_due SET due_at = now()`);
    await house.tellAll();
    expect(await house.outbox()).toHaveLength(8);
  });

  it('is nothing where nobody sends', async () => {
    await house.newEdition();
    await house.api.database.query(`DELETE FROM xapi_sender`);
    await house.watch();
    const [{ due }] = await house.api.database.query<[{ due: number }]>(`SELECT count(*)::int AS due FROM xapi_due`);
    expect([due, await house.outbox()]).toEqual([0, []]);
  });

  it('of somebody who is erased is dropped while it waits, and never told again', async () => {
    await house.newEdition();
    const { learnerId, session } = await house.watch();
    const { learnerId: other } = await house.watch();
    const eraser = { cookie: (await signIn(house.api.url, 'organiser')).cookie };
    const erased = await fetch(`${house.api.url}/api/v1/learners/${learnerId}`, { method: 'DELETE', headers: eraser });
    expect(erased.status).toBe(204);
    const late = { ...session, spans: [spanOf(1, 100_000, 200_000)] };
    await send(house.api.url, batchOf([late], YESTERDAY), house.device);
    await house.tellAll();
    expect(new Set((await house.outbox()).map(({ actor }) => actor.account.name))).toEqual(new Set([other]));
    const [{ left }] = await house.api.database.query<[{ left: number }]>(
      `SELECT (SELECT count(*) FROM xapi_told WHERE session_id = $1)::int
            + (SELECT count(*) FROM xapi_registration WHERE learner_id = $2)::int AS left`,
      [session.id, learnerId],
    );
    expect(left).toBe(0);
  });
});
