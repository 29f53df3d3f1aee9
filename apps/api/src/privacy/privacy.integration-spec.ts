import type { ErasurePreview, LearnerExport } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { signIn } from '../../../../test/support/people.js';
import { deriveAll, tablesWith } from '../../../../test/support/privacy.js';
import { batchOf, post, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const BEGAN = Date.now() - 24 * 3_600_000;

let house: Awaited<ReturnType<typeof startWatching>>;
let database: DataSource;
let staff: Record<'admin' | 'organiser' | 'secretary' | 'operator' | 'auditor', { cookie: string }>;
beforeAll(async () => {
  house = await startWatching();
  database = house.api.database;
  const as = async (login: string) => ({ cookie: (await signIn(house.api.url, login)).cookie });
  staff = {
    admin: await as('chief'),
    organiser: await as('organiser'),
    secretary: await as('secretary'),
    operator: await as('operator'),
    auditor: await as('auditor'),
  };
});
afterAll(() => house.api.close());

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  fetch(`${house.api.url}/api/v1/learners/${path}`, { method, headers });
const erase = async (learnerId: string) => {
  const { status } = await ask(learnerId, staff.admin, 'DELETE');
  if (status !== 204) throw new Error(`Not erased: ${status}`);
};

const totals = async () => {
  await deriveAll(database);
  return database.query<object[]>(`TABLE site_day ORDER BY site_id, day, edition_id`);
};

/** Li has watched alone, with a note; has tried to cheat; and was in the hall. */
async function watchALittle() {
  const { li } = house.country.learners;
  await house.newEdition();
  const tooFast = { ...spanOf(1, 20_000, 30_000, 20_000), clockToMs: 21_000 };
  const alone = house.personal({ spans: [spanOf(0, 0, 15_000), tooFast], note: 'Li was here' });
  await send(house.api.url, batchOf([alone], BEGAN), house.outbox);
  const presences = [{ seq: 0, learnerId: li.id, clockFromMs: 0, clockToMs: 30_000, grade: 'B' }];
  const hall = house.hall({ presences, headCount: 3, note: 'of the hall' });
  await send(house.api.url, batchOf([hall], BEGAN), house.device);
  return { li, alone, hall };
}

describe('the export of a learner', () => {
  it('holds everything that any table says of them, but no secret', async () => {
    const { li, alone, hall } = await watchALittle();
    const response = await ask(`${li.id}/export`, house.li);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const text = await response.text();
    const told = JSON.parse(text) as LearnerExport;
    expect(told.sessions.map(({ id, note }) => [id, note]).sort()).toEqual(
      [
        [alone.id, 'Li was here'],
        [hall.id, null],
      ].sort(),
    );
    expect(told).toMatchObject({
      learner: [{ name: li.name, code: li.code, has_card: true, has_pin: true }],
      accounts: [{ login: 'li' }],
      rosters: [{ site_name: 'Hall' }],
      signIns: [{}],
      outboxTokens: [{}],
      batches: [{ device_id: 'box' }],
      anchors: [{}],
      presences: [{ grade: 'B' }],
      refusals: [{ code: 'faster-than-clock' }],
      audiences: [{}, {}],
      minutes: [{}, {}],
      credits: [{ covered_ms: 30_000 }],
    });
    expect(told.spans).toHaveLength(2);
    const secrets = await database.query<Record<string, string>[]>(
      `SELECT card_hash, pin_hash, password_hash FROM learner JOIN account ON learner_id = learner.id WHERE learner.id = $1`,
      [li.id],
    );
    for (const secret of Object.values(secrets[0] ?? {})) expect(text).not.toContain(secret);
  });

  it('is for them and for those who keep their roster, and nobody else', async () => {
    const { li, chen } = house.country.learners;
    const statuses = async (learnerId: string) =>
      Promise.all(
        [house.li, staff.operator, staff.secretary, staff.organiser, staff.admin, staff.auditor].map(
          async (who) => (await ask(`${learnerId}/export`, who)).status,
        ),
      );
    expect(await statuses(li.id)).toEqual([200, 200, 200, 403, 403, 403]);
    expect(await statuses(chen.id)).toEqual([403, 403, 403, 403, 403, 403]);
    expect((await ask(`${li.id}/export`, house.device)).status).toBe(403);
  });
});

describe('the erasure of a learner', () => {
  it('says before what will go, takes it, and leaves no trace of who it was', async () => {
    const { li } = await watchALittle();
    expect((await ask(`${li.id}/erasure`, staff.operator)).status).toBe(403);
    expect((await ask(li.id, house.li, 'DELETE')).status).toBe(403);
    const preview = (await (await ask(`${li.id}/erasure`, staff.organiser)).json()) as ErasurePreview;
    expect(preview).toMatchObject({ name: li.name, code: li.code, stays: { sessions: null } });
    const near = (await (await ask(`${li.id}/erasure`, staff.secretary)).json()) as ErasurePreview;
    expect([near.goes.lecturesInRecord, preview.goes.lecturesInRecord]).toEqual([2, null]);
    expect(preview.goes).toMatchObject({ card: true, pin: true, account: 'deleted', rosters: 1, outboxTokens: 1 });
    const before = await totals();
    await erase(li.id);
    await deriveAll(database);
    for (const text of [li.id, li.name, li.code, 'Li was here'])
      expect([text, await tablesWith(database, text)]).toEqual([text, []]);
    expect(await totals()).toEqual(before);
    expect((await post(house.api.url, batchOf([house.personal()], BEGAN), house.outbox)).status).toBe(401);
    expect((await ask(`${li.id}/export`, house.li)).status).toBe(401);
    expect((await ask(li.id, staff.admin, 'DELETE')).status).toBe(404);
    const record = await fetch(`${house.api.url}/api/v1/sites/${house.country.sites.hall}/record`, {
      headers: staff.operator,
    });
    expect(await record.text()).not.toContain('"name":""');
    expect(await tablesWith(database, 'of the hall')).toEqual(['tracking_session']);
  });

  it('of a colleague leaves them the account of their work', async () => {
    const { wang } = house.country.learners;
    await database.query(`UPDATE account SET learner_id = $1 WHERE login = 'operator'`, [wang.id]);
    const preview = (await (await ask(`${wang.id}/erasure`, staff.admin)).json()) as ErasurePreview;
    expect(preview.goes.account).toBe('unlinked');
    await erase(wang.id);
    expect(await signIn(house.api.url, 'operator')).toMatchObject({ outboxToken: undefined });
  });
});
