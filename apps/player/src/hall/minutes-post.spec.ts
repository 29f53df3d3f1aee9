/** @jest-environment node */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteDB } from 'idb';
import { Refusal, type RefusalReason } from '../server/refusal.js';
import type { Question } from '../server/request.js';
import { type MinutesBox, openMinutesBox } from './minutes-box.js';
import { MinutesPost } from './minutes-post.js';

/** A house that answers as it is told to, and remembers what it was asked. */
class House {
  readonly asked: [path: string, json: unknown][] = [];
  refusal: Refusal | undefined;
  meanwhile: (() => Promise<void>) | undefined;

  readonly take = async <T>(path: string, { json }: Question): Promise<T> => {
    this.asked.push([path, json]);
    await this.meanwhile?.();
    if (this.refusal) throw this.refusal;
    return { state: 'counted', grade: 'B' } as T;
  };
}

const refusal = (status: number, code: RefusalReason, retryAfterMs?: number) => new Refusal(code, status, retryAfterMs);

describe('MinutesPost', () => {
  let box: MinutesBox;
  let house: House;
  let post: MinutesPost;
  beforeEach(async () => {
    box = await openMinutesBox('minutes-spec');
    house = new House();
    post = new MinutesPost(box, () => Promise.resolve('Device d'), house.take);
  });
  afterEach(async () => {
    box.close();
    await deleteDB('minutes-spec');
  });

  const minutes = { sessionId: 's', owner: 'device:d', key: 'k' };
  const photo = new Blob([new Uint8Array([0xff, 0xd8])]);
  const claim = { sessionId: 's', owner: 'learner:ana', step: 7, code: 'c', scannedAtMs: Date.now() - 60_000 };

  it('waits until the house knows the session, then tells it everything and forgets it', async () => {
    await post.keep(minutes);
    await post.keep({ sessionId: 's', owner: 'device:d', speakers: ['ana'], photo });
    house.refusal = refusal(404, 'not-found');
    await post.sendAll();
    expect(await box.count('minutes')).toBe(1);
    house.refusal = undefined;
    house.asked.length = 0;
    await post.sendAll();
    expect(house.asked).toEqual([
      ['/hall-sessions/s/key', { key: 'k' }],
      ['/hall-sessions/s/minutes', { speakers: ['ana'], photo: '/9g=' }],
    ]);
    expect(await box.count('minutes')).toBe(0);
  });

  it('loses no photo that is taken while the key is on its way', async () => {
    await post.keep(minutes);
    house.meanwhile = async () => {
      house.meanwhile = undefined;
      await post.keep({ sessionId: 's', owner: 'device:d', speakers: [], photo });
    };
    await post.sendAll();
    await post.sendAll();
    expect(house.asked.at(-1)).toEqual(['/hall-sessions/s/minutes', { speakers: [], photo: '/9g=' }]);
    expect(await box.count('minutes')).toBe(0);
  });

  it('keeps what the house refuses for good, and does not ask again', async () => {
    await post.keep(minutes);
    house.refusal = refusal(400, 'invalid-request');
    await post.sendAll();
    await post.sendAll();
    expect(house.asked).toHaveLength(1);
    expect(await box.get('minutes', 's')).toMatchObject({ key: 'k', refused: 'invalid-request' });
  });

  it('sends no photo again before the house wants it, and everything else meanwhile', async () => {
    await post.keep({ ...minutes, photo });
    house.refusal = refusal(429, 'too-fast', 3_600_000);
    await post.sendAll();
    house.refusal = undefined;
    house.asked.length = 0;
    await post.keep({ ...minutes, sessionId: 'other' });
    await post.sendAll();
    expect(house.asked).toEqual([['/hall-sessions/other/key', { key: 'k' }]]);
    expect(await box.count('minutes')).toBe(1);
  });

  it('keeps a claim without a link, and says later how old it is', async () => {
    house.refusal = refusal(0, 'no-link');
    expect(await post.claim(claim)).toBeUndefined();
    house.refusal = undefined;
    await post.sendAll();
    expect(house.asked.at(-1)).toMatchObject(['/hall-sessions/s/claims', { step: 7, code: 'c' }]);
    expect((house.asked.at(-1)?.[1] as { ageMs: number }).ageMs).toBeGreaterThanOrEqual(60_000);
    expect(await box.count('claims')).toBe(0);
  });
});
