import { AccountRole } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startUploads, type TestUploads } from '../../../../test/support/tus.js';

describe('an upload', () => {
  let u: TestUploads;
  beforeAll(async () => {
    u = await startUploads();
  });
  afterAll(() => u.api.close());

  it('ends with the role: who is librarian no more cannot go on, ask, remove, or announce', async () => {
    const path = await u.created(10);
    const roles = u.api.database.getRepository(AccountRole);
    const accountId = u.country.accounts.librarian.id;
    await roles.update({ accountId }, { unitId: u.country.units.north });
    const announced = await fetch(`${u.api.url}${path}/digest`, {
      method: 'PUT',
      headers: { cookie: u.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ sha256: '0'.repeat(64) }),
    });
    const answers = [await u.tus.head(path), await u.tus.patch(path, 0, Buffer.alloc(10)), announced];
    answers.push(await u.tus.ask('DELETE', path));
    await roles.update({ accountId }, { unitId: u.country.units.centre });
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(await u.offset(path)).toBe(0);
  });
});
