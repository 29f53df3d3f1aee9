import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import {
  batchOf,
  post,
  seedDevice,
  seedLearner,
  send,
  spanOf,
  startWatching,
} from '../../../../test/support/tracking.js';

const HOUR_MS = 3_600_000;
const YESTERDAY = Date.now() - 24 * HOUR_MS;

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching();
  await house.newEdition();
});
afterAll(() => house.api.close());

describe('one batch full of forgeries', () => {
  it('is refused item by item, and the good ones beside them count', async () => {
    const { chen, li } = house.country.learners;
    const good = house.personal();
    const forged = [
      house.personal({ spans: [{ ...spanOf(0, 0, 300_000), clockToMs: 10_000 }] }),
      house.personal({ spans: [spanOf(0, 700_000, 710_000)] }),
      house.hall({ siteId: house.country.sites.school }),
      house.personal({ learnerId: chen.id }),
      house.personal({ editionId: uuidv7() }),
    ];
    const { results } = await send(house.api.url, batchOf([...forged, good], YESTERDAY), house.device);
    expect(results.map(({ accepted, refused }) => [accepted, ...refused.map(({ code }) => code)])).toEqual([
      [0, 'faster-than-clock'],
      [0, 'beyond-the-end'],
      [0, 'not-yours'],
      [0, 'not-yours'],
      [0, 'unknown-edition'],
      [1],
    ]);
    expect(await house.itemOf(house.device, li.id)).toMatchObject({ coveredMs: 15_000, minutesMs: 15_000 });
  });

  it('played again under a new batch, or as a new session, adds nothing; by another credential it is not yours', async () => {
    await house.newEdition();
    const bootId = uuidv7();
    const session = house.personal();
    const batches = [session, session, { ...session, id: uuidv7() }].map((each) =>
      batchOf([each], YESTERDAY, { bootId }),
    );
    for (const batch of batches) {
      const { results } = await send(house.api.url, batch, house.li);
      expect(results).toMatchObject([{ accepted: 1, refused: [] }]);
    }
    const { results } = await send(house.api.url, batchOf([session], YESTERDAY, { bootId }), house.device);
    expect(results).toMatchObject([{ accepted: 0, refused: [{ code: 'not-yours' }] }]);
    expect(await house.itemOf(house.li)).toMatchObject({ coveredMs: 15_000, minutesMs: 15_000 });
  });
});

describe('what was watched once', () => {
  it('and is sent anew as of another boot covers nothing more, whatever it says of its time', async () => {
    await house.newEdition();
    const coveredAfter = async (wallZeroMs: number) => {
      await send(house.api.url, batchOf([house.personal()], wallZeroMs), house.li);
      const item = await house.itemOf(house.li);
      return [item?.coveredMs, item?.creditMs];
    };
    expect(await coveredAfter(YESTERDAY)).toEqual([15_000, 15_000]);
    for (const replayed of [YESTERDAY - HOUR_MS, YESTERDAY + HOUR_MS, Date.UTC(1970, 0, 1), Date.UTC(2099, 0, 1)])
      expect(await coveredAfter(replayed)).toEqual([15_000, 15_000]);
  });
});

describe('a device whose year is wrong', () => {
  /** By what the session is dated, whether it lies where it arrived, and whether its day is that of its site then. */
  const datedOf = async (sessionId: string): Promise<object> => {
    await house.itemOf(house.li);
    const [row] = await house.api.database.query<[object]>(
      `SELECT dated_by AS by, abs(extract(epoch FROM started_at - first_received_at)) < 60 AS near,
              day = (started_at AT TIME ZONE unit.time_zone)::date AS "isOfDay"
       FROM session_record record JOIN tracking_session session ON session.id = session_id
       JOIN site ON site.id = record.site_id JOIN unit ON unit.id = site.unit_id WHERE session_id = $1`,
      [sessionId],
    );
    return row;
  };

  it.each(['1970-01-01T00:00:07Z', '1999-12-31T23:59:59Z', '2099-06-01T00:00:00Z'])(
    'says %s, and that a server told it: what it sends again lies where it lay before, today, and counts once',
    async (startedAt) => {
      await house.newEdition();
      const [session, bootId] = [house.personal({ startedAt }), uuidv7()];
      const dated: object[] = [];
      for (const claim of [startedAt, new Date().toISOString(), '2031-01-01T00:00:00Z']) {
        const anchors = [{ clockMs: 0, serverTime: claim }];
        const spans = [spanOf(0, 0, 15_000), spanOf(1, 20_000, 30_000, 20_000)];
        const batch = batchOf([{ ...session, startedAt: claim, spans }], YESTERDAY, { bootId, anchors });
        await send(house.api.url, batch, house.li);
        dated.push(await datedOf(session.id));
      }
      const today = { near: true, isOfDay: true };
      expect(dated).toEqual(['receipt', 'anchor', 'anchor'].map((by) => ({ by, ...today })));
      const rows = await house.api.database.query<unknown[]>(
        `SELECT seq, count(*)::int AS rows, count(DISTINCT tableoid)::int AS parts FROM tracking_span
         WHERE session_id = $1 GROUP BY seq ORDER BY seq`,
        [session.id],
      );
      expect(rows).toEqual([0, 1].map((seq) => ({ seq, rows: 1, parts: 1 })));
      expect(await house.itemOf(house.li)).toMatchObject({ coveredMs: 25_000, minutesMs: 25_000 });
    },
  );
});

describe('a sender that floods', () => {
  it('is told when to come back, by its credential: others at the same address go on', async () => {
    const flooding = await seedDevice(house.api.database, house.country.sites.hall);
    const learnerId = await seedLearner(house.api.database, house.country.sites.hall);
    const padding = ' '.repeat(900_000);
    const flood = () => {
      const batch = batchOf([house.personal({ learnerId })], YESTERDAY);
      return fetch(`${house.api.url}/api/v1/tracking/batches`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...flooding },
        body: JSON.stringify(batch) + padding,
      });
    };
    const answers = await Promise.all(Array.from({ length: 8 }, flood));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(4);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]));
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(((await refused[0]?.json()) as Problem).code).toBe('too-fast');
    expect((await post(house.api.url, batchOf([house.personal()], YESTERDAY), house.li)).status).toBe(200);
  });
});
