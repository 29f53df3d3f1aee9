import { expect } from '@jest/globals';
import type { SiteRecord } from '#libs/contracts';
import { Site } from '#libs/database';
import { shownRatio } from '#libs/domain';
import { v7 as uuidv7 } from 'uuid';
import { startApi } from './api.js';
import { seedCountry, signIn } from './people.js';
import { batchOf, recordOf, seedDevice, seedEdition, seedLearner } from './tracking.js';
import { spansOf, type Vector, type VectorSession } from './vectors.js';

const DAY_MS = 86_400_000;
/** Vectors that begin at 0 are played from two days ago: a server cannot have told a time before its own. */
const base = Date.now() - 3 * DAY_MS;
const wallZeroOf = ({ wallStart }: VectorSession) => (wallStart > 1e12 ? wallStart : base + wallStart);

/** One vector as it stands in the house. */
export interface VectorStage {
  readonly siteId: string;
  readonly device: { authorization: string };
  readonly people: ReadonlyMap<string, string>;
  readonly editionId: string;
  readonly editionOf: (session: VectorSession) => string;
}

/** A house in which every vector gets a site, a device, learners and editions of its own. */
export async function openVectorHouse() {
  const api = await startApi();
  const country = await seedCountry(api.database);
  const librarian = { cookie: (await signIn(api.url, 'librarian')).cookie };

  async function stage(vector: Vector): Promise<VectorStage> {
    const siteId = uuidv7();
    await api.database.manager.insert(Site, { id: siteId, unitId: country.units.villageA, name: vector.name });
    const device = await seedDevice(api.database, siteId);
    const people = new Map<string, string>();
    for (const name of Object.keys(vector.expect).filter((key) => !key.startsWith('site:'))) {
      people.set(name, await seedLearner(api.database, siteId, name));
    }
    return { siteId, device, people, ...(await editionsFor(vector)) };
  }

  async function editionsFor(vector: Vector): Promise<Pick<VectorStage, 'editionId' | 'editionOf'>> {
    const courseId = country.course.id;
    const first = await seedEdition(api.database, { courseId, lengthMs: vector.editionMap?.[0]?.[1] ?? vector.D });
    if (!vector.editionMap) return { editionId: first.id, editionOf: () => first.id };
    const { lectureId } = first;
    const second = await seedEdition(api.database, { courseId, lengthMs: vector.D, lectureId, number: 2 });
    const segments = vector.editionMap.map(([fromMs, toMs, newFromMs]) => ({ fromMs, toMs, newFromMs }));
    const mapped = await fetch(`${api.url}/api/v1/editions/${second.id}/segment-maps/${first.id}`, {
      method: 'PUT',
      headers: { ...librarian, 'content-type': 'application/json' },
      body: JSON.stringify({ segments }),
    });
    expect(mapped.status).toBe(204);
    return { editionId: second.id, editionOf: ({ edition }) => (edition === 1 ? first.id : second.id) };
  }

  async function tellLearner(learnerId: string, { device, editionId }: VectorStage) {
    const record = await recordOf(api.url, learnerId, device);
    const item = record.items.find((one) => one.editionId === editionId);
    if (!item) return undefined;
    const { coveredMs: covered, minutesMs: minutes, creditMs: credit, complete, durationMs, refused } = item;
    return { covered, minutes, credit, complete, shown: shownRatio(covered, durationMs), refused: refused.length };
  }

  async function tellSite({ siteId, device }: VectorStage) {
    const response = await fetch(`${api.url}/api/v1/sites/${siteId}/record`, { headers: device });
    return (await response.json()) as SiteRecord;
  }

  async function expectWhatTheVectorSays(vector: Vector, staged: VectorStage) {
    for (const [name, expected] of Object.entries(vector.expect)) {
      if (name.startsWith('site:')) expect(await tellSite(staged)).toMatchObject(expected);
      else expect(await tellLearner(staged.people.get(name) ?? '', staged)).toMatchObject({ refused: 0, ...expected });
    }
  }

  return { api, country, stage, expectWhatTheVectorSays };
}

export const batchFor = (session: VectorSession, { siteId, people, editionOf }: VectorStage) =>
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
