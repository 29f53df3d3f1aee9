/** @jest-environment node */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deleteDB } from 'idb';
import 'fake-indexeddb/auto';
import { Refusal } from '../server/refusal.js';
import { openPlayerDatabase, type PlayerDatabase } from '../store/player-database.js';
import { Outbox } from './outbox.js';
import { answer, boot, LEARNER, openOutbox, playing, refuse, Server } from './outbox-stage.js';
import type { BatchContent } from './pending.js';
import { Sender, type Post } from './sender.js';

let db: PlayerDatabase;
let outbox: Outbox;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ db, outbox, close } = await openOutbox('outbox-spec'));
});
afterEach(async () => {
  db.close();
  await close();
});

describe('the outbox', () => {
  it('keeps one item for a span that grows', async () => {
    const session = playing(() => outbox);
    await session.flush();
    await session.flush();
    expect(await outbox.unsent()).toMatchObject({ waiting: 1, held: 0 });
    expect(await outbox.spansOf(LEARNER, 'edition')).toMatchObject([{ fromMs: 0, toMs: 2000 }]);
  });

  it('forgets a batch only after the server has taken it', async () => {
    await playing(() => outbox).flush();
    const lost = new Sender(outbox, refuse(0, 'no-link'), boot);
    expect(await lost.sendAll()).toEqual({ isDone: false, retryAfterMs: undefined });
    expect(await outbox.unsent()).toMatchObject({ waiting: 1, held: 0 });
    const server = new Server();
    expect(await new Sender(outbox, server.take, boot).sendAll()).toEqual({ isDone: true });
    expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 0 });
    expect(server.items.size).toBe(1);
  });

  it('sends the same batch with the same content until it is acknowledged', async () => {
    const session = playing(() => outbox);
    await session.flush();
    const server = new Server();
    const answerIsLost: Post = async (body, authorization) => {
      await server.take(body, authorization);
      throw new Refusal('no-link', 0);
    };
    await new Sender(outbox, answerIsLost, boot).sendAll();
    await session.flush();
    await new Sender(outbox, server.take, boot).sendAll();
    const contents = server.bodies.map((body) => {
      const { id, deviceId, bootId, anchors, sessions } = JSON.parse(body) as BatchContent;
      return { id, deviceId, bootId, anchors, sessions };
    });
    expect(contents).toHaveLength(3);
    expect(contents[1]).toEqual(contents[0]);
    expect(contents[2]?.id).not.toBe(contents[0]?.id);
  });

  it('sets aside what the server will never take, and sends what stands behind it', async () => {
    await playing(() => outbox).flush();
    await outbox.waiting();
    await new Sender(outbox, refuse(409, 'batch-conflict'), boot).sendAll();
    expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 1 });
    await playing(() => outbox).flush();
    const server = new Server();
    await new Sender(outbox, server.take, boot).sendAll();
    expect(server.items.size).toBe(1);
    expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 1 });
  });

  it('keeps what the house says is somebody else’s, and sends it as another batch a day later', async () => {
    await playing(() => outbox).flush();
    const refused = [{ item: 'span' as const, seq: 0, code: 'not-yours' as const, detail: '' }];
    const ids: string[] = [];
    const stranger: Post = (body) => {
      const { id } = JSON.parse(body) as BatchContent;
      ids.push(id);
      return Promise.resolve({ ...answer, results: [{ batch: id, session: 's', accepted: 0, refused }] });
    };
    expect(await new Sender(outbox, stranger, boot).sendAll()).toEqual({ isDone: true });
    expect(await outbox.unsent()).toEqual({ waiting: 0, held: 0, notYours: 1 });
    await outbox.release();
    expect(await outbox.unsent()).toMatchObject({ notYours: 1 });
    await outbox.release(Date.now() + 24 * 3600_000);
    const server = new Server();
    await new Sender(outbox, server.take, boot).sendAll();
    const [again] = server.bodies.map((body) => JSON.parse(body) as BatchContent);
    expect([again?.id === ids[0], again?.number, again?.sessions[0]?.spans.length]).toEqual([false, undefined, 1]);
    expect(await outbox.unsent()).toEqual({ waiting: 0, held: 0, notYours: 0 });
  });

  it('sends a former learner what is theirs, and holds what nobody here may send until they sign in', async () => {
    await playing(() => outbox, 'ana').flush();
    await playing(() => outbox, 'bo').flush();
    const used: string[] = [];
    const server = new Server();
    const post: Post = (body, authorization) => {
      used.push(authorization);
      return server.take(body, authorization);
    };
    await new Sender(outbox, post, boot).sendAll();
    expect(used).toEqual(['Outbox secret']);
    expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 1 });
    await outbox.entrust('learner:bo', 'Outbox another');
    await new Sender(outbox, post, boot).sendAll();
    expect(used).toEqual(['Outbox secret', 'Outbox another']);
    expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 0 });
  });

  it('holds for a new credential what an outdated one could not send', async () => {
    await playing(() => outbox).flush();
    await new Sender(outbox, refuse(401, 'not-signed-in'), boot).sendAll();
    expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 1 });
    await outbox.entrust(LEARNER, 'Outbox fresh');
    expect(await outbox.unsent()).toMatchObject({ waiting: 1, held: 0 });
  });

  it('waits as long as a busy server asks', async () => {
    await playing(() => outbox).flush();
    const busy = new Sender(outbox, refuse(503, 'no-link', 7000), boot);
    expect(await busy.sendAll()).toEqual({ isDone: false, retryAfterMs: 7000 });
  });

  it('tells the clock of the sending only for the boot that still runs, and dates by contacts', async () => {
    await playing(() => outbox).flush();
    const server = new Server();
    await new Sender(outbox, server.take, boot).sendAll();
    await playing(() => outbox).flush();
    await new Sender(outbox, server.take, { id: 'boot-2', clockMs: () => 5 }).sendAll();
    const [first, second] = server.bodies.map((body) => JSON.parse(body) as Record<string, unknown>);
    expect(first).toMatchObject({ bootId: 'boot-1', sentClockMs: 60_001, anchors: [] });
    expect(second).toMatchObject({
      bootId: 'boot-1',
      sentClockMs: null,
      anchors: [{ clockMs: 60_001, serverTime: answer.serverTime }],
    });
  });

  it('loses nothing and settles, wherever the page is killed or the answer lost', async () => {
    const event = fc.constantFrom('flush', 'send', 'lose answer', 'no link', 'kill');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 20 }), async (events) => {
        const name = 'outbox-property';
        db.close();
        await deleteDB(name);
        db = await openPlayerDatabase(name);
        outbox = new Outbox(db);
        await outbox.entrust(LEARNER, 'Outbox secret');
        const server = new Server();
        const session = playing(() => outbox);
        let flushes = 0;
        for (const what of events) {
          if (what === 'flush') {
            await session.flush();
            flushes += 1;
          } else if (what === 'send') await new Sender(outbox, server.take, boot).sendAll();
          else if (what === 'no link') await new Sender(outbox, refuse(0, 'no-link'), boot).sendAll();
          else if (what === 'lose answer') {
            const post: Post = (body, auth) =>
              server.take(body, auth).then(() => Promise.reject(new Refusal('no-link', 0)));
            await new Sender(outbox, post, boot).sendAll();
          } else {
            db.close();
            db = await openPlayerDatabase(name);
            outbox = new Outbox(db);
          }
        }
        await new Sender(outbox, server.take, boot).sendAll();
        const longest = Math.max(0, ...[...server.items].map((item) => Number(item.split(' ')[2])));
        expect(longest).toBe(flushes * 1000);
        expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 0 });
      }),
      { numRuns: 40 },
    );
  });
});
