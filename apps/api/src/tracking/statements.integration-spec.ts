import type { StatementsAnswer } from '#libs/contracts';
import { catchUp, tellSettled } from '#libs/database';
import { videoExtensions as ext, type Statement } from '#libs/domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventually } from '../../../../test/support/eventually.js';
import { signIn } from '../../../../test/support/people.js';
import {
  bringer,
  outcomes,
  statementAt,
  statementsOfSpan,
  type Viewing,
} from '../../../../test/support/statement-vectors.js';
import { batchOf, recordOf, seedLearner, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const base = Date.now() - 3 * 86_400_000;

let house: Awaited<ReturnType<typeof startWatching>>;
beforeAll(async () => {
  house = await startWatching();
});
afterAll(() => house.api.close());

const { post, bring } = bringer(() => house.api.url);
const viewing = (editionId: string, more: Partial<Viewing> = {}): Viewing => {
  return { learnerId: house.country.learners.li.id, editionId, sessionId: randomUUID(), wallZeroMs: base, ...more };
};
const ledger = async (...more: string[]) => {
  const tables = ['tracking_session', 'tracking_span', 'learner_credit', ...more].map(
    (table) => `(SELECT json_agg(t ORDER BY t::text) FROM ${table} t) AS ${table}`,
  );
  while ((await catchUp(house.api.database, 'anybody')) > 0);
  const [row] = await house.api.database.query<[Record<string, object[] | null>]>(`SELECT ${tables.join(', ')}`);
  return { ...row, learner_credit: row.learner_credit?.map((one) => ({ ...one, derived_at: null })) };
};

const noted = () =>
  house.api.database.query<{ content: string }[]>(
    `SELECT content FROM audit_entry WHERE content LIKE '%statements-brought%' ORDER BY seq`,
  );

describe('statements brought as spans', () => {
  it('twice, in parts and in any order are the same as once', async () => {
    const editionId = await house.newEdition();
    const of = viewing(editionId);
    const spans = [spanOf(0, 0, 20_000), spanOf(1, 50_000, 80_000, 30_000), spanOf(2, 80_000, 90_000, 3_700_000)];
    const statements = spans.flatMap((span) => statementsOfSpan(of, span));
    const all = await bring(statements, house.li);
    expect(outcomes(all)).toEqual(spans.flatMap(() => ['noted', 'span', 'noted']));
    const before = await ledger('tracking_batch');
    await bring(statements, house.li);
    expect(await ledger('tracking_batch')).toEqual(before);
    await bring(statements.slice(3, 6).reverse(), house.li);
    expect(before).toMatchObject(await ledger());
    expect(await house.itemOf(house.li)).toMatchObject({ coveredMs: 60_000, minutesMs: 60_000, refused: [] });
  });

  it('that are none, or of others, are refused one by one, and good ones beside them count', async () => {
    const editionId = await house.newEdition();
    const of = viewing(editionId);
    const good = statementsOfSpan(of, spanOf(0, 0, 20_000));
    const wang = statementsOfSpan({ ...of, learnerId: house.country.learners.wang.id }, spanOf(0, 0, 20_000));
    const [, played] = wang;
    const answer = await bring(
      [
        ...good,
        ...wang,
        { verb: 'watched' },
        { ...played, object: { id: 'https://elsewhere.example/videos/9' } },
        { ...played, actor: { account: { homePage: 'https://elsewhere.example', name: '王芳' } } },
        statementAt(of, 'played', 90_000, { [ext.time]: 90 }),
        statementAt(
          of,
          'played',
          100_000,
          { [ext.time]: 1 },
          { 'https://x.example/xapi/extensions/evidence-grade': 'C' },
        ),
        ...statementsOfSpan(viewing(randomUUID()), spanOf(0, 0, 20_000)),
        ...statementsOfSpan(of, { ...spanOf(1, 0, 60_000, 30_000), clockToMs: 31_000 }),
      ],
      house.li,
    );
    expect(outcomes(answer)).toEqual([
      ...['noted', 'span', 'noted'],
      ...['noted', 'not-yours', 'noted'],
      ...['malformed', 'not-a-video', 'unknown-actor', 'no-end', 'of-a-hall'],
      ...['noted', 'unknown-edition', 'noted'],
      ...['noted', 'faster-than-clock', 'noted'],
    ]);
    expect(await house.itemOf(house.li)).toMatchObject({ coveredMs: 20_000 });
  });

  it('by staff count for learners for whose every roster they answer, and are on the audit log', async () => {
    const editionId = await house.newEdition();
    const of = viewing(editionId, { learnerId: house.country.learners.zhao.id });
    const statements = statementsOfSpan(of, spanOf(0, 0, 20_000));
    const [operator, organiser, secretary] = await Promise.all(
      ['operator', 'organiser', 'secretary'].map(async (login) => ({
        cookie: (await signIn(house.api.url, login)).cookie,
      })),
    );
    if (!operator || !organiser || !secretary) throw new Error('Nobody signed in.');
    const mixed = [house.country.learners.zhao, house.country.learners.chen, house.country.learners.wang].flatMap(
      ({ id }) => statementsOfSpan({ ...of, learnerId: id, wallZeroMs: base + 7_200_000 }, spanOf(0, 0, 1_000)),
    );
    expect(outcomes(await bring(mixed, operator))).toEqual([
      ...['noted', 'span', 'noted'],
      ...['noted', 'not-yours', 'noted'],
      ...['noted', 'span', 'noted'],
    ]);
    const chen = statementsOfSpan({ ...of, learnerId: house.country.learners.chen.id }, spanOf(0, 0, 20_000));
    expect(outcomes(await bring(chen, operator))).toEqual(['noted', 'not-yours', 'noted']);
    expect(outcomes(await bring(statements, organiser))).toEqual(['noted', 'span', 'noted']);
    expect(await house.itemOf(secretary, of.learnerId)).toMatchObject({ coveredMs: 20_000 });
    const entries = await noted();
    expect(entries).toHaveLength(3);
    await bring(statements, organiser);
    expect(await noted()).toEqual(entries);
    expect(JSON.stringify(entries)).not.toContain(of.learnerId);
    const path = `/api/v1/learners/${of.learnerId}/record/${editionId}`;
    const explained = await fetch(`${house.api.url}${path}`, { headers: secretary });
    expect(await explained.json()).toMatchObject({
      items: [{ isByStaff: true, isPaper: false, grade: 'B' }, { isByStaff: true }],
    });
  });

  it('by staff are on the audit log before the ledger has them', async () => {
    const { database } = house.api;
    const of = viewing(await house.newEdition(), { learnerId: house.country.learners.zhao.id });
    const organiser = { cookie: (await signIn(house.api.url, 'organiser')).cookie };
    const before = (await noted()).length;
    const brought = await database.transaction(async (db) => {
      await db.query(`LOCK TABLE tracking_session IN ACCESS EXCLUSIVE MODE`);
      const underWay = bring(statementsOfSpan(of, spanOf(0, 0, 20_000)), organiser);
      await eventually('the entry', async () => ((await noted()).length > before ? true : undefined));
      return { underWay };
    });
    expect(outcomes(await brought.underWay)).toEqual(['noted', 'span', 'noted']);
  });

  it('are at most a thousand, and as an LRS gives them', async () => {
    const editionId = await house.newEdition();
    const statements = statementsOfSpan(viewing(editionId), spanOf(0, 0, 20_000));
    const page = await post({ statements, more: '' }, house.outbox);
    expect(outcomes((await page.json()) as StatementsAnswer)).toEqual(['noted', 'span', 'noted']);
    const tooMany = Array.from({ length: 1001 }, () => ({}));
    expect((await post(tooMany, house.outbox)).status).toBe(400);
  });
});

describe('what this house tells', () => {
  it('comes back as what it was: the same coverage and the same minutes, once', async () => {
    const editionId = await house.newEdition();
    const { database } = house.api;
    await database.query(`INSERT INTO xapi_sender (host, settle_ms) VALUES ('lrs.example', 0)`);
    const learnerId = await seedLearner(database, house.country.sites.hall);
    const spans = [
      { ...spanOf(0, 0, 100_000), rate: 2, clockToMs: 50_000 },
      spanOf(1, 100_000, 160_000, 50_000),
      spanOf(2, 30_000, 90_000, 4_000_000),
      { ...spanOf(3, 200_000, 215_000, 4_070_000), rate: 1.5, clockToMs: 4_080_000 },
    ];
    const session = house.personal({ learnerId, spans });
    await send(house.api.url, batchOf([session], base), house.device);
    const numbers = async (of: string) => {
      const item = (await recordOf(house.api.url, of, house.device)).items.find((one) => one.editionId === editionId);
      return { ...item, learnerId: null, refused: item?.refused.length, ruleVersion: null };
    };
    const before = await numbers(learnerId);
    const operator = { cookie: (await signIn(house.api.url, 'operator')).cookie };
    while (await tellSettled(database, 'https://lectern.example'));
    const rows = await database.query<{ statement: Statement }[]>(`SELECT statement FROM xapi_statement ORDER BY id`);
    const statements = rows.map(({ statement }) => statement);
    expect(outcomes(await bring(statements, operator)).filter((outcome) => outcome === 'span')).toHaveLength(4);
    expect(await numbers(learnerId)).toEqual(before);

    const other = await seedLearner(database, house.country.sites.hall);
    const account = { homePage: 'https://lectern.example', name: other };
    await bring(
      statements.map((statement) => ({ ...statement, actor: { ...statement.actor, account } })),
      operator,
    );
    expect(await numbers(other)).toEqual(before);
  });
});
