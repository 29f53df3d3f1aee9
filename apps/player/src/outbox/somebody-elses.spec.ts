/** @jest-environment node */
import type { SessionReport, SessionResult } from '#libs/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import 'fake-indexeddb/auto';
import type { PlayerDatabase } from '../store/player-database.js';
import { Outbox } from './outbox.js';
import { answer, boot, LEARNER, openOutbox, Server } from './outbox-stage.js';
import type { BatchContent, SessionChange } from './pending.js';
import { Sender, type Post } from './sender.js';
import { isDue } from './somebody-elses.js';

const DAY_MS = 24 * 3600_000;
const span = { seq: 0, fromMs: 0, toMs: 1000, rate: 1, clockFromMs: 0, clockToMs: 1000 };
const presence = (seq: number, learnerId: string) =>
  ({ seq, learnerId, clockFromMs: 0, clockToMs: 1000, grade: 'C' }) as const;

const evening = (id: string, ...learners: string[]): SessionChange => ({
  ...{ owner: LEARNER, bootId: 'boot-1', spans: [span] },
  head: { id, editionId: 'edition', kind: 'hall', siteId: 'hall', clockAtStartMs: 0, headCount: 4, note: 'Slopes' },
  presences: learners.map((learnerId, seq) => presence(seq, learnerId)),
});

/** A house that takes all but the strangers, and whole sessions of strange halls not at all. */
function houseWithout(strangers: readonly string[]) {
  const sent: BatchContent[] = [];
  const refusal = (item: 'span' | 'presence', seq: number) => ({ item, seq, code: 'not-yours' as const, detail: '' });
  const resultOf = (batch: string, { id, spans, presences }: SessionReport): SessionResult => {
    const isStrange = strangers.includes(id);
    const refused = [
      ...spans.filter(() => isStrange).map(({ seq }) => refusal('span', seq)),
      ...presences
        .filter(({ learnerId }) => isStrange || strangers.includes(learnerId))
        .map(({ seq }) => refusal('presence', seq)),
    ];
    return { batch, session: id, accepted: spans.length + presences.length - refused.length, refused };
  };
  const post: Post = (body) => {
    const content = JSON.parse(body) as BatchContent;
    sent.push(content);
    return Promise.resolve({ ...answer, results: content.sessions.map((session) => resultOf(content.id, session)) });
  };
  return { post, sent };
}

describe('what the house refuses as somebody else’s', () => {
  let db: PlayerDatabase;
  let outbox: Outbox;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ db, outbox, close } = await openOutbox('somebody-elses-spec'));
  });
  afterEach(() => close());

  it('is all that stays of a batch: the one stranger in a hall, and not the evening', async () => {
    await outbox.keep(evening('first', 'ana', 'mallory'));
    await outbox.keep(evening('second', 'ana'));
    const { post, sent } = houseWithout(['mallory']);
    const sender = new Sender(outbox, post, boot);
    await sender.sendAll();
    expect(await outbox.unsent()).toEqual({ waiting: 0, held: 0, notYours: 1 });
    await outbox.release(Date.now() + DAY_MS);
    await sender.sendAll();
    const [before, again] = sent;
    expect([before?.sessions.length, again?.number, again?.id === before?.id]).toEqual([2, undefined, false]);
    expect(again?.sessions).toMatchObject([{ id: 'first', spans: [], presences: [presence(1, 'mallory')] }]);
    // The house has these of the batch that it took: another that is later must not take them back.
    expect(again?.sessions[0]).toMatchObject({ headCount: null, note: null });
  });

  it('is a session whole where its hall is another’s', async () => {
    await outbox.keep(evening('elsewhere', 'ana', 'bo'));
    await outbox.keep(evening('here', 'ana'));
    await new Sender(outbox, houseWithout(['elsewhere']).post, boot).sendAll();
    expect(await outbox.unsent()).toEqual({ waiting: 0, held: 0, notYours: 3 });
    await outbox.release(Date.now() + DAY_MS);
    const server = new Server();
    await new Sender(outbox, server.take, boot).sendAll();
    const [again] = server.bodies.map((body) => JSON.parse(body) as BatchContent);
    expect(again?.sessions).toMatchObject([{ id: 'elsewhere', headCount: 4, note: 'Slopes', spans: [span] }]);
    expect(await outbox.unsent()).toEqual({ waiting: 0, held: 0, notYours: 0 });
  });

  it('is sent ever less often: nine times in a year in which the page is opened each day', async () => {
    let day = 0;
    const yearly = new Outbox(db, undefined, () => day * DAY_MS);
    await yearly.keep(evening('first', 'mallory'));
    const { post, sent } = houseWithout(['mallory']);
    for (; day < 365; day += 1) {
      await yearly.release();
      await new Sender(yearly, post, boot).sendAll();
    }
    // At once, and then 1, 3, 7, 15, 31, 63, 127 and 255 days later.
    expect(sent).toHaveLength(9);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length);
    expect(await outbox.unsent()).toMatchObject({ notYours: 1 });
  });

  it('is tried a few times only where a clock begins anew at each start', () => {
    const tries = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(tries, fc.integer({ min: 0, max: DAY_MS }), (count, nowMs) => {
        expect(isDue({ heldAtMs: nowMs + 1, tries: count }, nowMs)).toBe(count < 5);
      }),
    );
  });

  it('waits twice as long after each try', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (tries, heldAtMs) => {
        const waitMs = DAY_MS * 2 ** (tries - 1);
        const held = { heldAtMs, tries };
        expect([isDue(held, heldAtMs + waitMs - 1), isDue(held, heldAtMs + waitMs)]).toEqual([false, true]);
      }),
    );
  });
});
