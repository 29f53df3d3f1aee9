/** @jest-environment node */
import type { TrackingAnswer } from '#libs/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteDB } from 'idb';
import 'fake-indexeddb/auto';
import type { Boot } from '../recording/boot.js';
import { PlaySession } from '../recording/play-session.js';
import { Refusal, type RefusalReason } from '../server/refusal.js';
import { openPlayerDatabase, type PlayerDatabase } from '../store/player-database.js';
import { Outbox } from './outbox.js';
import type { BatchContent } from './pending.js';
import { Sender, type Post } from './sender.js';

const LEARNER = 'learner:ana';
const boot: Boot = { id: 'boot-1', clockMs: () => 60_000.7 };
const answer: TrackingAnswer = { serverTime: '2026-11-22T08:00:00.000Z', results: [] };

/** A server that takes what the real one takes: each batch id once, each item by its seq. */
class Server {
  readonly bodies: string[] = [];
  readonly items = new Set<string>();

  readonly take: Post = (body) => {
    this.bodies.push(body);
    for (const { id, spans } of (JSON.parse(body) as BatchContent).sessions)
      for (const { seq, toMs } of spans) this.items.add(`${id} ${seq} ${toMs}`);
    return Promise.resolve(answer);
  };
}

const refuse =
  (status: number, code: RefusalReason, retryAfterMs?: number): Post =>
  () =>
    Promise.reject(new Refusal(code, status, retryAfterMs));

let db: PlayerDatabase;
let outbox: Outbox;
beforeEach(async () => {
  db = await openPlayerDatabase('sender-spec');
  outbox = new Outbox(db);
  await outbox.entrust(LEARNER, 'Outbox secret');
});
afterEach(async () => {
  db.close();
  await deleteDB('sender-spec');
});

function playing(learnerId = 'ana') {
  const session = new PlaySession({ editionId: 'edition', durationMs: 600_000 }, { learnerId }, boot);
  session.recorder.start({ clockMs: 0, mediaMs: 0 }, 1);
  let tick = 0;
  return {
    async flush() {
      for (let look = 0; look < 4; look += 1) {
        tick += 250;
        session.recorder.advance({ clockMs: tick, mediaMs: tick });
      }
      const change = session.takeChange();
      if (change) await outbox.keep(change);
    },
  };
}

describe('the sender', () => {
  it('lets others pass a batch on which the server fails, and comes back to it', async () => {
    await playing('ana').flush();
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
    await playing('ana').flush();
    expect(await sender.sendAll()).toEqual({ isDone: false, retryAfterMs: undefined });
    expect([server.items.size, await outbox.unsent()]).toEqual([1, { waiting: 1, held: 0 }]);
    isMended = true;
    expect(await sender.sendAll()).toEqual({ isDone: true });
    expect([server.items.size, await outbox.unsent()]).toEqual([2, { waiting: 0, held: 0 }]);
  });

  it('gives what was held another chance at each start, unless it can never be taken', async () => {
    for (const [status, code] of [
      [403, 'forbidden'],
      [409, 'batch-conflict'],
    ] as const) {
      // prettier-ignore
      await playing().flush();
      await new Sender(outbox, refuse(status, code), boot).sendAll();
    }
    await outbox.release();
    expect(await outbox.unsent()).toEqual({ waiting: 1, held: 1 });
  });
});
