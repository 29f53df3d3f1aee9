/** @jest-environment node */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteDB } from 'idb';
import type { SessionTrace } from '../recording/play-session.js';
import { openPlayerDatabase, type PlayerDatabase, recall } from '../store/player-database.js';
import { HallDesk } from './hall-desk.js';

const traceOf = (id: string): SessionTrace => ({
  owner: 'device:d',
  bootId: `boot of ${id}`,
  head: { id, editionId: 'e', kind: 'hall', siteId: 's', clockAtStartMs: 0 },
});

describe('HallDesk', () => {
  let db: PlayerDatabase;
  let desk: HallDesk;
  beforeEach(async () => {
    db = await openPlayerDatabase('desk');
    desk = new HallDesk(db, { lectureId: 'l', present: [], headCount: 0 });
  });
  afterEach(async () => {
    db.close();
    await deleteDB('desk');
  });

  /** The same hall after a power cut. */
  const rebooted = async () => {
    const kept = await recall(db, 'roll');
    if (!kept) throw new Error('Nothing was kept.');
    return new HallDesk(db, kept);
  };

  it('carries people and position over a power cut into the next session', async () => {
    desk.arrive('ana', 'C');
    desk.open('Terraces', traceOf('one'), 'key one');
    desk.arrive('bo', 'B');
    desk.arrive('cy', 'B');
    desk.arrive('cy', 'A');
    desk.leave('ana');
    desk.headCountBy(3);
    desk.noteSpans([{ seq: 0, fromMs: 0, toMs: 9000, rate: 1, clockFromMs: 5, clockToMs: 9005 }]);
    const next = await rebooted();
    expect(next.current()).toEqual(desk.current());
    next.carryOn();
    next.open('Terraces', traceOf('two'), 'key two');
    const { present, headCount, running } = next.current();
    expect(present).toEqual([
      { learnerId: 'bo', grade: 'B' },
      { learnerId: 'cy', grade: 'B' },
    ]);
    expect([headCount, running?.positionMs, running?.trace.head.id]).toEqual([3, 9000, 'two']);
    expect(running?.everybody).toEqual(['ana', 'bo', 'cy']);
  });

  it('takes the grade of an answered prompt from those alone who did not answer the next', () => {
    desk.arrive('ana', 'A');
    desk.arrive('bo', 'A');
    desk.arrive('cy', 'C');
    desk.lapse(new Set(['ana']));
    expect(['ana', 'bo', 'cy'].map((id) => desk.gradeOf(id))).toEqual(['A', 'B', 'C']);
  });

  it('counts no fewer than no heads', () => {
    desk.headCountBy(-1);
    expect(desk.current().headCount).toBe(0);
  });

  it('leaves nothing to be carried on once it is closed', async () => {
    desk.open('Terraces', traceOf('one'), 'key one');
    await desk.close();
    desk.noteSpans([{ seq: 1, fromMs: 0, toMs: 9000, rate: 1, clockFromMs: 5, clockToMs: 9005 }]);
    expect(await recall(db, 'roll')).toBeUndefined();
  });
});
