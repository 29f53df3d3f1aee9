import type { MapSegment } from '#libs/domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { signIn } from '../../../../test/support/people.js';
import { bringer, statementsOfSpan, type Viewing } from '../../../../test/support/statement-vectors.js';
import { recordOf, seedEdition, seedLearner, startWatching } from '../../../../test/support/tracking.js';
import { permutations, spansOf, vectors, type Vector, type VectorSession } from '../../../../test/support/vectors.js';

const base = Date.now() - 3 * 86_400_000;
const wallZeroOf = ({ wallStart }: VectorSession) => (wallStart > 1e12 ? wallStart : base + wallStart);

let house: Awaited<ReturnType<typeof startWatching>>;
let operator: { cookie: string };
beforeAll(async () => {
  house = await startWatching();
  operator = { cookie: (await signIn(house.api.url, 'operator')).cookie };
});
afterAll(() => house.api.close());

const { bring } = bringer(() => house.api.url);

/** Statements are of one person: they carry no roll and no head count, and so no hall. */
const isCarried = ({ sessions }: Vector) => sessions.every(({ kind }) => kind !== 'hall');

/**
 * Spans that begin within 200 ms of each other share a number, since no two that count do: each of the 1,200 of one
 * millisecond is refused in the answer, and the record names the few numbers that they share.
 */
const sharesNumbers = ({ name }: Vector) => name === 'many tiny spans';

/** Versions of a span that grew are told one after the other: each in a request of its own. */
function requestsOf(session: VectorSession, of: Viewing) {
  const spans = spansOf(session);
  const isGrown = new Set(spans.map(({ seq }) => seq)).size < spans.length;
  if (isGrown) return spans.map((span) => statementsOfSpan(of, span));
  const all = spans.flatMap((span) => statementsOfSpan(of, span));
  return Array.from({ length: Math.ceil(all.length / 900) }, (_, part) => all.slice(part * 900, (part + 1) * 900));
}

/** A learner, and the editions of one vector; `shown` is the one whose numbers it expects. */
async function stage({ D, editionMap }: Vector) {
  const { database } = house.api;
  const courseId = house.country.course.id;
  const learnerId = await seedLearner(database, house.country.sites.hall);
  const first = await seedEdition(database, { courseId, lengthMs: editionMap?.[0]?.[1] ?? D });
  if (!editionMap) return { learnerId, first: first.id, shown: first.id };
  const second = await seedEdition(database, { courseId, lengthMs: D, lectureId: first.lectureId, number: 2 });
  const segments = editionMap.map(([fromMs, toMs, newFromMs]): MapSegment => ({ fromMs, toMs, newFromMs }));
  await database.query(`INSERT INTO segment_map (old_edition_id, new_edition_id, segments) VALUES ($1, $2, $3)`, [
    first.id,
    second.id,
    JSON.stringify(segments),
  ]);
  return { learnerId, first: first.id, shown: second.id };
}

/** Each request twice, newest first as an LRS gives them: how many statements were refused. */
async function bringTwice(statements: readonly unknown[]): Promise<number> {
  const request = [...statements].reverse();
  const first = await bring(request, operator);
  expect((await bring(request, operator)).results).toEqual(first.results);
  return first.results.filter(({ outcome }) => outcome === 'refused').length;
}

async function recorded(learnerId: string, editionId: string) {
  const { items } = await recordOf(house.api.url, learnerId, house.device);
  const item = items.find((one) => one.editionId === editionId);
  if (!item) throw new Error('There is no record.');
  const { coveredMs: covered, minutesMs: minutes, creditMs: credit, complete, refused } = item;
  return { covered, minutes, credit, complete, refused };
}

describe('the vectors, as xAPI statements', () => {
  it.each(vectors.filter(isCarried).map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const { covered, minutes, credit, complete, refused = 0 } = vector.expect['p'] ?? {};
    for (const order of permutations(vector.sessions)) {
      const { learnerId, first, shown } = await stage(vector);
      let refusals = 0;
      for (const session of order) {
        const of = { learnerId, editionId: first, sessionId: randomUUID(), wallZeroMs: wallZeroOf(session) };
        for (const request of requestsOf(session, of)) refusals += await bringTwice(request);
      }
      expect(refusals).toBe(refused);
      const record = await recorded(learnerId, shown);
      expect(record).toMatchObject({ covered, minutes, credit, complete });
      expect(record.refused.length).toBe(
        sharesNumbers(vector) ? new Set(record.refused.map(({ seq }) => seq)).size : refused,
      );
    }
  });
});
