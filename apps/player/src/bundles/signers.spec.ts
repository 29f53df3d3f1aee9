/** @jest-environment node */
import type { SignerView } from '#libs/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import 'fake-indexeddb/auto';
import type { Outbox } from '../outbox/outbox.js';
import { LEARNER, openOutbox } from '../outbox/outbox-stage.js';
import { Refusal, type RefusalReason } from '../server/refusal.js';
import { recall, type PlayerDatabase } from '../store/player-database.js';
import { Signers } from './signers.js';

const house = { bundleKey: 'sealed for', receiptKey: 'signed by' };

/** A house that has given each key to whoever brought it first. */
class Desk {
  readonly asked: { readonly publicKey: string; readonly authorization: string }[] = [];
  readonly refuses = new Map<string, RefusalReason>();

  readonly register = (publicKey: string, authorization: string): Promise<SignerView> => {
    this.asked.push({ publicKey, authorization });
    const code = this.refuses.get(publicKey) ?? this.refuses.get(authorization);
    if (code) return Promise.reject(new Refusal(code, { 'not-signed-in': 401, conflict: 409 }[code as string] ?? 0));
    return Promise.resolve({ signerId: publicKey, house });
  };

  get keys(): string[] {
    return [...new Set(this.asked.map(({ publicKey }) => publicKey))];
  }
}

describe('the keys of signers', () => {
  let db: PlayerDatabase;
  let outbox: Outbox;
  let close: () => Promise<void>;
  let desk: Desk;
  let signers: Signers;
  beforeEach(async () => {
    ({ db, outbox, close } = await openOutbox('signers-spec'));
    desk = new Desk();
    signers = new Signers(db, desk.register);
  });
  afterEach(() => close());

  it('stay the same however often the house is asked for its own', async () => {
    await signers.enlist(LEARNER, 'Outbox secret');
    await signers.enlist(LEARNER, 'Outbox secret');
    for (let times = 0; times < 60; times += 1) await signers.askAgain(LEARNER);
    expect([desk.asked.length, desk.keys.length]).toEqual([62, 1]);
    expect(await recall(db, 'house')).toEqual(house);
  });

  it('are made anew where the house will have the known one no more', async () => {
    await signers.enlist(LEARNER, 'Outbox secret');
    const [revoked = ''] = desk.keys;
    desk.refuses.set(revoked, 'conflict');
    await signers.enlist(LEARNER, 'Outbox secret');
    await signers.enlist(LEARNER, 'Outbox secret');
    expect(desk.asked.map(({ publicKey }) => publicKey === revoked)).toEqual([true, true, false, false]);
    expect(desk.keys).toHaveLength(2);
  });

  it('are told for whoever is here first, and then for those whom the house still knows', async () => {
    await outbox.entrust('device:former', 'Device former');
    await outbox.entrust('device:now', 'Device now');
    await signers.askAgain('device:now');
    expect(desk.asked.map(({ authorization }) => authorization)).toEqual(['Device now']);
    desk.refuses.set('Device now', 'not-signed-in').set('Device former', 'not-signed-in');
    await signers.askAgain('device:now');
    expect(desk.asked.map(({ authorization }) => authorization).slice(1)).toEqual([
      'Device now',
      'Device former',
      'Outbox secret',
    ]);
  });

  it('are not called known when the house has not answered', async () => {
    desk.refuses.set('Outbox secret', 'no-link');
    await expect(signers.askAgain(LEARNER)).rejects.toThrow(Refusal);
    await signers.enlist(LEARNER, 'Outbox secret');
    expect(await recall(db, 'signers')).toBeUndefined();
  });
});
