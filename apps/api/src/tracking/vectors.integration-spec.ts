import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SiteRecord } from '#libs/contracts';
import { recompute, Site } from '#libs/database';
import { shownRatio } from '#libs/domain';
import { v7 as uuidv7 } from 'uuid';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Country, seedCountry, signIn } from '../../../../test/support/people.js';
import { batchOf, recordOf, seedDevice, seedEdition, seedLearner, send } from '../../../../test/support/tracking.js';
import { permutations, spansOf, vectors, type Vector, type VectorSession } from '../../../../test/support/vectors.js';

const DAY_MS = 86_400_000;
/** Vectors that begin at 0 are played from two days ago: a server cannot have told a time before its own. */
const base = Date.now() - 3 * DAY_MS;
const wallZeroOf = ({ wallStart }: VectorSession) => (wallStart > 1e12 ? wallStart : base + wallStart);

describe('the vectors, over HTTP and through the database', () => {
  let api: TestApi;
  let country: Country;
  let librarian: { cookie: string };
  beforeAll(async () => {
    api = await startApi();
    country = await seedCountry(api.database);
    librarian = { cookie: (await signIn(api.url, 'librarian')).cookie };
  });
  afterAll(() => api.close());

  /** A site with a device and learners of its own, and the editions of one vector. */
  async function stage(vector: Vector) {
    const siteId = uuidv7();
    await api.database.manager.insert(Site, { id: siteId, unitId: country.units.villageA, name: vector.name });
    const device = await seedDevice(api.database, siteId);
    const people = new Map<string, string>();
    for (const name of Object.keys(vector.expect).filter((key) => !key.startsWith('site:'))) {
      people.set(name, await seedLearner(api.database, siteId, name));
    }
    const courseId = country.course.id;
    const first = await seedEdition(api.database, { courseId, lengthMs: vector.editionMap?.[0]?.[1] ?? vector.D });
    if (!vector.editionMap) return { siteId, device, people, editionId: first.id, editionOf: () => first.id };
    const second = await seedEdition(api.database, {
      courseId,
      lengthMs: vector.D,
      lectureId: first.lectureId,
      number: 2,
    });
    const segments = vector.editionMap.map(([fromMs, toMs, newFromMs]) => ({ fromMs, toMs, newFromMs }));
    const mapped = await fetch(`${api.url}/api/v1/editions/${second.id}/segment-maps/${first.id}`, {
      method: 'PUT',
      headers: { ...librarian, 'content-type': 'application/json' },
      body: JSON.stringify({ segments }),
    });
    expect(mapped.status).toBe(204);
    const editionOf = ({ edition }: VectorSession) => (edition === 1 ? first.id : second.id);
    return { siteId, device, people, editionId: second.id, editionOf };
  }

  type Stage = Awaited<ReturnType<typeof stage>>;
  const staged: [Vector, Stage][] = [];

  const batchFor = (session: VectorSession, { siteId, people, editionOf }: Stage) =>
    batchOf(
      [
        {
          id: uuidv7(),
          editionId: editionOf(session),
          kind: session.kind ?? 'personal',
          ...(session.learner ? { learnerId: people.get(session.learner) } : { siteId }),
          clockAtStartMs: 0,
          spans: spansOf(session),
          presences: (session.presences ?? []).map(([name, clockFromMs, clockToMs, grade], seq) => {
            return { seq, learnerId: people.get(name), clockFromMs, clockToMs, grade };
          }),
          ...(session.headCount === undefined ? {} : { headCount: session.headCount }),
        },
      ],
      wallZeroOf(session),
    );

  async function tellLearner(learnerId: string, { device, editionId }: Stage) {
    const record = await recordOf(api.url, learnerId, device);
    const item = record.items.find((one) => one.editionId === editionId);
    if (!item) return undefined;
    const { coveredMs: covered, minutesMs: minutes, creditMs: credit, complete, durationMs, refused } = item;
    return { covered, minutes, credit, complete, shown: shownRatio(covered, durationMs), refused: refused.length };
  }

  async function tellSite({ siteId, device }: Stage) {
    const response = await fetch(`${api.url}/api/v1/sites/${siteId}/record`, { headers: device });
    return (await response.json()) as SiteRecord;
  }

  async function expectWhatTheVectorSays(vector: Vector, staged: Stage) {
    for (const [name, expected] of Object.entries(vector.expect)) {
      if (name.startsWith('site:')) expect(await tellSite(staged)).toMatchObject(expected);
      else expect(await tellLearner(staged.people.get(name) ?? '', staged)).toMatchObject({ refused: 0, ...expected });
    }
  }

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    for (const order of permutations(vector.sessions)) {
      const here = await stage(vector);
      staged.push([vector, here]);
      for (const batch of order.map((session) => batchFor(session, here))) {
        const first = await send(api.url, batch, here.device);
        const again = await send(api.url, batch, here.device);
        expect(again.results).toEqual(first.results);
      }
      await expectWhatTheVectorSays(vector, here);
    }
  });

  it('all of them, derived anew from the ledger after everything derived was lost', async () => {
    const found = () => recompute(api.database, { write: true, tell: () => undefined });
    expect((await found()).map(({ differing }) => differing)).toEqual([0, 0, 0, expect.any(Number)]);
    await api.database.query(`TRUNCATE session_record, session_audience, session_minutes, learner_credit, site_day`);
    await api.database.query(`DELETE FROM tracking_refusal WHERE derived`);
    const [sessions] = await found();
    expect(sessions?.differing).toBeGreaterThanOrEqual(staged.length);
    for (const [vector, here] of staged) await expectWhatTheVectorSays(vector, here);
    expect((await found()).map(({ differing }) => differing)).toEqual([0, 0, 0, 0]);
  });

  it('a hall that plays past midnight has each head once, on the day it began', async () => {
    const hall = vectors.find(({ expect: told }) => Object.keys(told).some((name) => name.startsWith('site:')));
    if (!hall) throw new Error('There is no hall among the vectors.');
    const here = await stage(hall);
    const fiveToMidnightInShanghai = Date.UTC(2026, 2, 3, 15, 55);
    const sessions = hall.sessions.map((session) => ({ ...session, wallStart: fiveToMidnightInShanghai }));
    for (const session of sessions) await send(api.url, batchFor(session, here), here.device);
    await expectWhatTheVectorSays(hall, here);
  });
});
