import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { eventually } from '../../../../test/support/eventually.js';
import { startUploads, type TestUploads, uploadIdOf } from '../../../../test/support/tus.js';
import { UploadLocks } from './upload-locks.js';

interface Asking {
  query: (this: Asking, ...args: unknown[]) => Promise<unknown>;
}

describe('one writer to an upload', () => {
  let u: TestUploads;
  let here: UploadLocks;
  let elsewhere: UploadLocks;
  beforeAll(async () => {
    u = await startUploads();
    [here, elsewhere] = [new UploadLocks(u.api.config), new UploadLocks(u.api.config)];
  });
  afterAll(async () => {
    await Promise.all([here.onApplicationShutdown(), elsewhere.onApplicationShutdown()]);
    await u.api.close();
  });

  const { signal } = new AbortController();
  const never = () => undefined;

  it('TUS-C10: keeps others out, of this process and of another, until it is done', async () => {
    const order: string[] = [];
    const hold = (locks: UploadLocks, name: string) =>
      locks.during('a', 30_000, async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
      });
    await Promise.all([hold(here, 'first'), hold(here, 'second'), hold(elsewhere, 'third')]);
    for (const begun of [0, 2, 4]) expect(order[begun + 1]).toBe(order[begun]?.replace('begins', 'ends'));
  });

  it('TUS-C10: says so to those who do not want to wait', async () => {
    await here.during('b', 0, async () => {
      for (const locks of [here, elsewhere]) {
        await expect(locks.during('b', 0, () => Promise.resolve())).rejects.toMatchObject({ code: 'upload-busy' });
      }
      await elsewhere.during('another', 0, () => Promise.resolve());
    });
  });

  it('TUS-C10: is asked to let go by one who steals, wherever that is', async () => {
    for (const thief of [here, elsewhere]) {
      const held = here.locker(false).newLock('c');
      await held.lock(signal, () => void held.unlock());
      const stolen = thief.locker(true).newLock('c');
      await stolen.lock(signal, never);
      await stolen.unlock();
    }
  });

  it('asks one question at a time on its connection, however many uploads want it', async () => {
    let [asking, most] = [0, 0];
    const ask = (pg.Client.prototype as unknown as Asking).query;
    const spy = jest.spyOn(pg.Client.prototype as unknown as Asking, 'query').mockImplementation(function (
      this: Asking,
      ...args
    ) {
      const answer = ask.apply(this, args);
      if (!String(args[0]).includes('advisory')) return answer;
      most = Math.max(most, (asking += 1));
      return answer.finally(() => (asking -= 1));
    });
    const many = Array.from({ length: 20 }, (_, at) => here.during(`many ${at}`, 5_000, () => Promise.resolve()));
    await Promise.all(many);
    spy.mockRestore();
    expect([asking, most]).toEqual([0, 1]);
  });

  it('ends with the process that holds it', async () => {
    const dying = new UploadLocks(u.api.config);
    await dying.locker(false).newLock('d').lock(signal, never);
    await dying.onApplicationShutdown();
    await here.during('d', 5_000, () => Promise.resolve());
  });

  it('an API that is stopped cuts off who still sends, and keeps what came', async () => {
    const file = randomBytes(100_000);
    const path = await u.created(file.length);
    const { request } = u.tus.begin(path, 0, file.length);
    request.write(file.subarray(0, 50_000));
    const stored = () => readFile(join(u.api.config.mediaRoot, 'uploads', uploadIdOf(path)));
    await eventually('the first bytes', async () => ((await stored()).length === 50_000 ? true : undefined));
    await u.api.app.close();
    expect(await stored()).toEqual(file.subarray(0, 50_000));
  });
});
