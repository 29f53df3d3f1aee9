import type { HallView } from '#libs/contracts';
import { Learner, SignInFailure } from '#libs/database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, pbkdf2Sync } from 'node:crypto';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { type Country, PIN, seedCountry } from '../../../../test/support/people.js';

describe('a hall’s device', () => {
  let api: TestApi;
  let country: Country;
  let call: Call;

  beforeAll(async () => {
    api = await startApi();
    country = await seedCountry(api.database);
    call = await clientOf(api.url, []);
  });
  afterAll(() => api.close());

  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const hall = async () => (await call('GET', '/device', country.devices.hall)).body as HallView;
  const known = (view: HallView, card: string) => {
    const check = pbkdf2Sync(sha256(card), view.cards.salt, view.cards.iterations, 16, 'sha256').toString('hex');
    return view.roster.find(({ cardCheck }) => cardCheck === check)?.id;
  };

  it('knows the cards of its own roster by a slow hash, and a new card instead of the old one', async () => {
    const { li, wang } = country.learners;
    const view = await hall();
    expect([li, wang].map(({ card }) => known(view, card))).toEqual([li.id, wang.id]);
    await api.database.manager.update(Learner, wang.id, { cardHash: sha256('a new card') });
    const later = await hall();
    expect([wang.card, 'a new card'].map((card) => known(later, card))).toEqual([undefined, wang.id]);
    expect((await hall()).roster).toEqual(later.roster);
  });

  it('is told neither what a PIN is nor the hash by which a card signs in', async () => {
    const told = JSON.stringify(await hall());
    expect(told).not.toContain('argon2');
    expect(told).not.toContain(sha256(country.learners.li.card));
  });

  it('asks the house whether a PIN is right, for its own roster and not without end', async () => {
    const { li, chen } = country.learners;
    const check = async (learnerId: string, pin: string) =>
      (await call('POST', '/device/pin-checks', country.devices.hall, { learnerId, pin })).status;
    expect(await check(li.id, PIN)).toBe(204);
    expect(await check(chen.id, PIN)).toBe(401);
    for (let tries = 0; tries < 10; tries += 1) expect(await check(li.id, '0000')).toBe(401);
    expect(await check(li.id, PIN)).toBe(429);
    await api.database.getRepository(SignInFailure).clear();
  });
});
