/** @jest-environment node */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteDB } from 'idb';
import 'fake-indexeddb/auto';
import { openPlayerDatabase, type PlayerDatabase } from '../store/player-database.js';
import type { Viewer } from '../viewer/viewer.js';
import { HouseKeys } from './house-keys.js';

const device = { deviceId: 'now', siteId: 'hall', siteName: '', deviceName: '', credential: '' };
const person = { learnerId: 'ana' } as Viewer['person'];

describe('the keys of a house', () => {
  let db: PlayerDatabase;
  beforeEach(async () => {
    db = await openPlayerDatabase('house-keys-spec');
  });
  afterEach(async () => {
    db.close();
    await deleteDB('house-keys-spec');
  });

  const keysFor = (viewer: Viewer) => {
    const asked: string[] = [];
    const askAgain = (first: string) => Promise.resolve(void asked.push(first));
    return { asked, keys: new HouseKeys(db, { askAgain }, () => viewer) };
  };

  it('are asked for once a round, however many lectures are forged', async () => {
    const { asked, keys } = keysFor({ device, person });
    for (let round = 0; round < 2; round += 1) {
      keys.beginRound();
      for (let lecture = 0; lecture < 60; lecture += 1) await keys.askAgain();
    }
    expect(asked).toEqual(['device:now', 'device:now']);
  });

  it('are asked for as the learner where the browser is no hall’s', async () => {
    const { asked, keys } = keysFor({ device: undefined, person });
    await keys.askAgain();
    expect(asked).toEqual(['learner:ana']);
  });

  it('are those that the house was last heard to have', async () => {
    const { keys } = keysFor({ device, person });
    expect(await keys.key()).toBeUndefined();
    await db.put('things', { bundleKey: 'sealed for', receiptKey: 'signed by' }, 'house');
    expect(await keys.key()).toBe('signed by');
  });
});
