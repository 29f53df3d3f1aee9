import { catchUp, closeLedger, foldSessions, foldUnits, recompute, relabelLedger, Retention } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from '../../../../test/support/eventually.js';
import { batchOf, recordOf, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const YEAR_MS = 366 * 24 * 3_600_000;
const LONG_AGO = Date.now() - 2 * YEAR_MS;
const DERIVED = ['session_record', 'session_audience', 'session_minutes', 'site_day', 'unit_day'];
const CREDITS = `learner_id, edition_id, length_ms, covered_ms, minutes_ms, credit_ms, complete, covered_by_grade, watched,
  completed_day, completed_site_id`;

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching();
});
afterAll(() => house.api.close());

const query = <T = unknown>(sql: string, parameters?: unknown[]) => house.api.database.query<T[]>(sql, parameters);
/** As if all of it had come so long ago. */
const receivedLongAgo = async () => {
  const at = [new Date(LONG_AGO)];
  await query(`UPDATE tracking_session SET first_received_at = $1, sent_received_at = $1`, at);
  await query(`UPDATE tracking_span SET received_at = $1`, at);
  await query(`UPDATE tracking_batch SET received_at = $1`, at);
  await query(`INSERT INTO tracking_dirty (session_id) SELECT id FROM tracking_session`);
};
const settle = async () => {
  await catchUp(house.api.database, 'anybody');
  await foldUnits(house.api.database, 1000);
};
const fold = () => foldSessions(house.api.database, 100, new AbortController().signal);
const keep = (unitId: string, months: number | null) =>
  house.api.database.manager.upsert(Retention, { unitId, months }, ['unitId']);
/** Everything that is derived, as it stands. */
const standing = async () => {
  const tables = DERIVED.map((table) => `SELECT '${table}' AS "table", to_jsonb(row)::text AS row FROM ${table} row`);
  const credits = `SELECT 'learner_credit', to_jsonb(row)::text FROM (SELECT ${CREDITS} FROM learner_credit) row`;
  return query(`${[...tables, credits].join(' UNION ALL ')} ORDER BY 1, 2`);
};
const differing = async () =>
  (await recompute(house.api.database, { write: false, tell: () => undefined })).map((part) => part.differing);
const detail = async () => {
  const [counts] = await query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM tracking_span) AS spans, (SELECT count(*)::int FROM tracking_presence) AS presences,
            (SELECT count(*)::int FROM tracking_refusal) AS refusals, (SELECT count(*)::int FROM tracking_batch) AS batches,
            (SELECT count(*)::int FROM tracking_anchor) AS anchors`,
  );
  return counts;
};

/** Past midnight in a hall with late comers, one part refused; one alone; and a roll without a picture. */
async function watchMuch() {
  const { li, wang, zhao } = house.country.learners;
  const editionId = await house.newEdition(60_000);
  const wallZeroMs = Date.UTC(2024, 5, 1, 15, 59, 30);
  const hall = house.hall({
    headCount: 9,
    note: 'We spoke of wells.',
    spans: [spanOf(0, 0, 40_000), spanOf(1, 40_000, 60_000, 45_000), spanOf(2, 0, 20_000, 30_000)],
    presences: [
      { seq: 0, learnerId: li.id, clockFromMs: 0, clockToMs: null, grade: 'B' },
      { seq: 1, learnerId: wang.id, clockFromMs: 20_000, clockToMs: 50_000, grade: 'C' },
      { seq: 2, learnerId: wang.id, clockFromMs: 45_000, clockToMs: 55_000, grade: 'A' },
    ],
  });
  const alone = house.personal({ spans: [spanOf(0, 0, 15_000), { ...spanOf(1, 0, 9_000), rate: 4 }] });
  const roll = house.hall({
    spans: [],
    presences: [{ seq: 0, learnerId: zhao.id, clockFromMs: 0, clockToMs: 5_000, grade: 'C' }],
  });
  const batches = [hall, alone, roll].map((session) => batchOf([session], wallZeroMs));
  for (const batch of batches) await send(house.api.url, batch, house.device);
  await receivedLongAgo();
  await settle();
  return { editionId, hall, batches };
}

describe('what is older than the unit wants', () => {
  let told: Awaited<ReturnType<typeof watchMuch>>;
  let before: unknown[];
  beforeAll(async () => {
    told = await watchMuch();
    before = await standing();
  });

  it('is kept for ever, unless a unit above says otherwise; the longest counts', async () => {
    const { centre, north } = house.country.units;
    expect(await fold()).toBe(0);
    await keep(centre, 12);
    await keep(north, null);
    expect(await fold()).toBe(0);
    await keep(north, 30);
    expect(await fold()).toBe(0);
    expect(await detail()).toEqual({ spans: 4, presences: 4, refusals: 2, batches: 3, anchors: 3 });
  });

  it('is not folded while any of it still arrives', async () => {
    await keep(house.country.units.north, 12);
    await query(`UPDATE tracking_span SET received_at = now()`);
    await query(`INSERT INTO tracking_dirty (session_id) SELECT session_id FROM tracking_presence WHERE grade = 'C'`);
    expect(await fold()).toBe(0);
    await receivedLongAgo();
    await settle();
  });

  it('gives way to what it gave: the detail is gone, and no number has changed', async () => {
    expect(await fold()).toBe(3);
    expect(await detail()).toEqual({ spans: 0, presences: 0, refusals: 0, batches: 0, anchors: 0 });
    expect(await standing()).toEqual(before);
    expect(await differing()).toEqual([0, 0, 0, 0]);
    expect(await fold()).toBe(0);
  });

  it('can be derived anew from what stays', async () => {
    await query(`TRUNCATE session_record, session_audience, session_minutes, learner_credit, site_day, unit_day`);
    await recompute(house.api.database, { write: true, tell: () => undefined });
    await settle();
    expect(await standing()).toEqual(before);
  });

  it('accepts nothing more and says so, however often it comes: what came before is not doubled, nor is more added', async () => {
    const more = {
      ...told.hall,
      spans: [spanOf(0, 0, 60_000), spanOf(7, 0, 9_000, 90_000)],
      headCount: 99,
      note: 'No.',
    };
    for (const batch of [...told.batches, batchOf([more], LONG_AGO), ...told.batches]) {
      const { results } = await send(house.api.url, batch, house.device);
      expect(results).toMatchObject([{ accepted: 0, refused: expect.any(Array) }]);
      const codes = results.flatMap(({ refused }) => refused.map(({ code }) => code));
      expect(new Set(codes)).toEqual(new Set(['session-folded']));
    }
    await settle();
    expect(await standing()).toEqual(before);
    expect(await differing()).toEqual([0, 0, 0, 0]);
    expect(await query(`SELECT DISTINCT item, seq, code FROM tracking_refusal`)).toEqual([
      { item: 'session', seq: -1, code: 'session-folded' },
    ]);
  });

  it('is explained: what counted, and since when the parts are gone', async () => {
    const { li } = house.country.learners;
    const path = `/api/v1/learners/${li.id}/record/${told.editionId}`;
    const response = await fetch(`${house.api.url}${path}`, { headers: house.device });
    const { items, coveredMs } = (await response.json()) as { items: Record<string, unknown>[]; coveredMs: number };
    expect(coveredMs).toBe(60_000);
    expect(items).toHaveLength(2);
    expect(items.map(({ foldedAt, spans, presences }) => [typeof foldedAt, spans, presences])).toEqual([
      ['string', [], []],
      ['string', [], []],
    ]);
  });

  it('keeps the roll of a hall in which nothing played, and lets go of who is erased', async () => {
    const { zhao, wang } = house.country.learners;
    const people = () => query<{ learner_id: string }>(`SELECT learner_id FROM tracking_fold ORDER BY learner_id`);
    expect((await people()).map(({ learner_id }) => learner_id)).toContain(zhao.id);
    await house.api.database.transaction(async (db) => {
      await closeLedger(db);
      await relabelLedger(db, wang.id);
    });
    await settle();
    expect((await people()).map(({ learner_id }) => learner_id)).not.toContain(wang.id);
    expect(await differing()).toEqual([0, 0, 0, 0]);
    expect((await recordOf(house.api.url, house.country.learners.li.id, house.device)).items).toHaveLength(1);
  });
});

describe('a session that is folded while a batch of it is judged', () => {
  it('takes nothing of the batch', async () => {
    await house.newEdition();
    const id = uuidv7();
    await send(house.api.url, batchOf([house.personal({ id })], Date.now() - 60_000), house.device);
    await settle();
    const runner = house.api.database.createQueryRunner();
    await runner.startTransaction();
    await runner.query(
      `UPDATE tracking_session SET folded_at = now(), folded = '{"startedMs":0,"datedBy":"claim","playedMs":0}' WHERE id = $1`,
      [id],
    );
    const late = send(
      house.api.url,
      batchOf([house.personal({ id, spans: [spanOf(4, 0, 9_000, 70_000)] })], Date.now() - 60_000),
      house.device,
    );
    await eventually('the batch to wait for the session', async () => {
      const waiting = await query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0 ? true : undefined;
    });
    await runner.commitTransaction();
    await runner.release();
    expect((await late).results[0]).toMatchObject({ accepted: 0, refused: [{ code: 'session-folded' }] });
    expect(await query(`SELECT FROM tracking_span WHERE session_id = $1 AND seq = 4`, [id])).toEqual([]);
  });
});
