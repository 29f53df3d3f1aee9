import type { TrackingAnswer } from '#libs/contracts';
import { deleteDB } from 'idb';
import type { Boot } from '../recording/boot.js';
import { PlaySession } from '../recording/play-session.js';
import { Refusal, type RefusalReason } from '../server/refusal.js';
import { openPlayerDatabase } from '../store/player-database.js';
import { Outbox } from './outbox.js';
import type { BatchContent } from './pending.js';
import type { Post } from './sender.js';

/** What the specs of the outbox share: a learner, a boot, a server, a lecture that plays. */
export const LEARNER = 'learner:ana';
export const boot: Boot = { id: 'boot-1', clockMs: () => 60_000.7 };
export const answer: TrackingAnswer = { serverTime: '2026-11-22T08:00:00.000Z', results: [] };

/** A server that takes what the real one takes: each batch id once, each item by its seq. */
export class Server {
  readonly bodies: string[] = [];
  readonly items = new Set<string>();

  readonly take: Post = (body) => {
    this.bodies.push(body);
    for (const { id, spans } of (JSON.parse(body) as BatchContent).sessions)
      for (const { seq, toMs } of spans) this.items.add(`${id} ${seq} ${toMs}`);
    return Promise.resolve(answer);
  };
}

export const refuse =
  (status: number, code: RefusalReason, retryAfterMs?: number): Post =>
  () =>
    Promise.reject(new Refusal(code, status, retryAfterMs));

/** An outbox in a database of its own, which already has the learner's right to send. */
export async function openOutbox(name: string) {
  const db = await openPlayerDatabase(name);
  const outbox = new Outbox(db);
  await outbox.entrust(LEARNER, 'Outbox secret');
  const close = async () => {
    db.close();
    await deleteDB(name);
  };
  return { db, outbox, close };
}

/** A lecture that somebody plays: each flush keeps another second of it, in the outbox that is open then. */
export function playing(outbox: () => Outbox, learnerId = 'ana') {
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
      if (change) await outbox().keep(change);
    },
  };
}
