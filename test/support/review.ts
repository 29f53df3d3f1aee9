import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { LearnerExplanation, SiteRecord } from '#libs/contracts';
import { catchUp } from '#libs/database';
import { v7 as uuidv7 } from 'uuid';
import { clientOf } from './client.js';
import { batchOf, send, startWatching } from './tracking.js';

export const DAY_MS = 86_400_000;
const DERIVED = ['session_record', 'session_audience', 'session_minutes', 'site_day'];

/** A house in whose hall Wang was checked in from 20 s of a minute, and two more were counted; `hold` holds another. */
export async function startReview() {
  const house = await startWatching();
  const { database } = house.api;
  const { learners, sites } = house.country;
  const call = await clientOf(house.api.url, ['li', 'operator', 'secretary', 'organiser', 'auditor', 'chief']);
  const ids = {
    li: learners.li.id,
    wang: learners.wang.id,
    zhao: learners.zhao.id,
    chen: learners.chen.id,
    site: sites.hall,
  };
  const now = { hall: '', editionId: '' };
  const siteRecord = async () => (await call('GET', `/sites/${ids.site}/record`, 'secretary')).body as SiteRecord;
  return {
    house,
    call,
    ids,
    now,
    hold: async (wallZeroMs = Date.now() - DAY_MS, more: object = {}) => {
      now.hall = uuidv7();
      const presence = { seq: 0, learnerId: ids.wang, clockFromMs: 20_000, clockToMs: null, grade: 'B' };
      const session = house.hall({ id: now.hall, presences: [presence], headCount: 2, ...more });
      await send(house.api.url, batchOf([session], wallZeroMs), house.device);
    },
    newLecture: async () => {
      now.editionId = await house.newEdition(60_000);
    },
    explain: async (who = 'li', learnerId = ids.li) =>
      (await call('GET', `/learners/${learnerId}/record/${now.editionId}`, who)).body as LearnerExplanation,
    siteRecord,
    lectureOfSite: async () => (await siteRecord()).lectures.find(({ editionId }) => editionId === now.editionId),
    sessionOfSite: async () => (await siteRecord()).sessions?.find(({ id }) => id === now.hall),
    claim: (who: string, learnerId: string, more: object = {}) =>
      call('POST', `/tracking/sessions/${now.hall}/claims`, who, { learnerId, ...more }),
    rule: (who: string, kind: string, learnerId: string, more: object = {}) =>
      call('POST', `/tracking/sessions/${now.hall}/overrides`, who, {
        kind,
        learnerId,
        reason: 'the roll on paper',
        ...more,
      }),
    /** All that is derived, as one text. */
    derived: async () => {
      while ((await catchUp(database, 'anybody')) > 0);
      const rows = DERIVED.map((table) =>
        database.query<object[]>(`SELECT row_to_json(t)::text FROM ${table} t ORDER BY 1`),
      );
      const credit = database.query<object[]>(
        `SELECT row_to_json(t)::jsonb - 'derived_at' FROM learner_credit t ORDER BY learner_id, edition_id`,
      );
      return JSON.stringify(await Promise.all([...rows, credit]));
    },
    /** Throws away all that is derived. */
    forget: async () => {
      await database.query(`TRUNCATE ${DERIVED.join(', ')}, learner_credit`);
      await database.query(`INSERT INTO tracking_dirty (session_id) SELECT id FROM tracking_session`);
    },
  };
}

type Review = Awaited<ReturnType<typeof startReview>>;

/** One house for all tests of a file, and for each a lecture of its own, which the hall has held. Empty until the first begins. */
export function reviewBeforeEach(): Review {
  const review = {} as Review;
  beforeAll(async () => {
    Object.assign(review, await startReview());
  });
  afterAll(() => review.house.api.close());
  beforeEach(async () => {
    await review.newLecture();
    await review.hold();
  });
  return review;
}
