/** @jest-environment node */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import 'fake-indexeddb/auto';
import { Refusal } from '../server/refusal.js';
import type { Outbox } from './outbox.js';
import { boot, openOutbox, playing, refuse, Server } from './outbox-stage.js';
import type { BatchContent } from './pending.js';
import { Sender } from './sender.js';

let outbox: Outbox;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ outbox, close } = await openOutbox('sender-spec'));
});
afterEach(() => close());

describe('the sender', () => {
  it('lets others pass a batch on which the server fails, and comes back to it', async () => {
    await playing(() => outbox, 'ana').flush();
    const [poisoned] = await outbox.waiting();
    const server = new Server();
    let isMended = false;
    const sender = new Sender(
      outbox,
      (body, authorization) =>
        !isMended && (JSON.parse(body) as BatchContent).id === poisoned?.id
          ? Promise.reject(new Refusal('internal', 500))
          : server.take(body, authorization),
      boot,
    );
    for (let round = 0; round < 3; round += 1) await sender.sendAll();
    await playing(() => outbox, 'ana').flush();
    expect(await sender.sendAll()).toEqual({ isDone: false, retryAfterMs: undefined });
    expect([server.items.size, await outbox.unsent()]).toMatchObject([1, { waiting: 1, held: 0 }]);
    isMended = true;
    expect(await sender.sendAll()).toEqual({ isDone: true });
    expect([server.items.size, await outbox.unsent()]).toMatchObject([2, { waiting: 0, held: 0 }]);
  });

  it('does not let others pass a batch for which the server had no room', async () => {
    await playing(() => outbox, 'ana').flush();
    const [first] = await outbox.waiting();
    const sent: string[] = [];
    const busy = refuse(503, 'too-busy', 7000);
    const sender = new Sender(
      outbox,
      (body, authorization) => {
        sent.push((JSON.parse(body) as BatchContent).id);
        return busy(body, authorization);
      },
      boot,
    );
    for (let round = 0; round < 4; round += 1) await sender.sendAll();
    await playing(() => outbox, 'ana').flush();
    expect(await sender.sendAll()).toEqual({ isDone: false, retryAfterMs: 7000 });
    expect(new Set(sent)).toEqual(new Set([first?.id]));
  });

  it('gives what was held another chance at each start, unless it can never be taken', async () => {
    for (const [status, code] of [
      [403, 'forbidden'],
      [409, 'batch-conflict'],
    ] as const) {
      // prettier-ignore
      await playing(() => outbox).flush();
      await new Sender(outbox, refuse(status, code), boot).sendAll();
    }
    await outbox.release();
    expect(await outbox.unsent()).toMatchObject({ waiting: 1, held: 1 });
  });
});
