import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { startTelling } from '../../../../test/support/telling.js';

let house: Awaited<ReturnType<typeof startTelling>>;
let call: Call;
beforeAll(async () => {
  house = await startTelling();
  call = await clientOf(house.api.url, ['chief', 'organiser']);
  await house.newEdition();
});
afterAll(() => house.api.close());

const sql = (query: string) => house.api.database.query<object[]>(query);

describe('what an admin sees of the learning record store', () => {
  it('is nothing where none is set', async () => {
    expect((await call('GET', '/xapi', 'chief')).body).toMatchObject({ state: 'off', host: null, sent: 0, waiting: 0 });
  });

  it('is what waits, what was refused and why, and that it all goes on when they say so', async () => {
    await sql(`INSERT INTO xapi_sender (host, settle_ms) VALUES ('lrs.example', 0)`);
    await house.watch();
    await sql(`UPDATE xapi_statement SET refused_at = now(), status = 400, detail = 'no such verb'
               WHERE id IN (SELECT id FROM xapi_statement ORDER BY place LIMIT 2)`);
    await sql(
      `UPDATE xapi_sender SET state = 'stopped', status = 401, not_before = now() + interval '1 hour', sent = 7`,
    );
    const view = (await call('GET', '/xapi', 'chief')).body;
    expect(view).toMatchObject({ state: 'stopped', host: 'lrs.example', status: 401, sent: 7, waiting: 2, refused: 2 });

    const first = (await call('GET', '/xapi/refused?limit=1', 'chief')).body;
    const second = (await call('GET', `/xapi/refused?limit=1&after=${String(first['next'])}`, 'chief')).body;
    const pages = [first['items'], second['items']].flat() as { id: string; verb: string }[];
    expect(pages.map(({ verb }) => verb).sort()).toEqual(['initialized', 'played']);
    expect(pages[0]).toMatchObject({ lecture: 'Wells', status: 400, detail: 'no such verb' });
    expect(second['next']).toBeNull();

    const one = `/xapi/refused/${String(pages[1]?.id)}/retry`;
    expect([(await call('POST', one, 'chief')).status, (await call('POST', one, 'chief')).status]).toEqual([204, 404]);
    const less = (await call('GET', '/xapi', 'chief')).body;
    expect(less).toMatchObject({ state: 'stopped', waiting: 3, refused: 1 });

    expect((await call('POST', '/xapi/retry', 'chief')).status).toBe(204);
    const after = (await call('GET', '/xapi', 'chief')).body;
    expect(after).toMatchObject({ state: 'sending', notBefore: null, waiting: 4, refused: 0 });
    await sql(`UPDATE xapi_sender SET seen_at = now() - interval '6 minutes'`);
    expect((await call('GET', '/xapi', 'chief')).body).toMatchObject({ state: 'silent' });
  });

  it('is for admins of the root alone', async () => {
    expect((await call('GET', '/xapi', 'organiser')).status).toBe(403);
    const [admin] = await house.api.database.query<[{ id: string }]>(`SELECT id FROM account WHERE login = 'chief'`);
    await house.api.database.query(`UPDATE account_role SET unit_id = $2 WHERE account_id = $1`, [
      admin.id,
      house.country.units.north,
    ]);
    for (const [method, path] of [
      ['GET', '/xapi'],
      ['GET', '/xapi/refused'],
      ['POST', '/xapi/retry'],
      ['POST', `/xapi/refused/${randomUUID()}/retry`],
    ] as const) {
      expect((await call(method, path, 'chief')).status).toBe(403);
    }
  });
});
