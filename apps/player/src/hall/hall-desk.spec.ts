/** @jest-environment node */
import 'fake-indexeddb/auto';
import type { LectureView } from '#libs/contracts';
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
  let nowMs = 0;
  beforeEach(async () => {
    db = await openPlayerDatabase('desk');
    desk = new HallDesk(db, { lectureId: 'l', present: [], headCount: 0 }, () => nowMs);
  });
  afterEach(async () => {
    db.close();
    await deleteDB('desk');
  });

  /** The same hall after a power cut. */
  const rebooted = async () => {
    const kept = await recall(db, 'roll');
    if (!kept) throw new Error('Nothing was kept.');
    return new HallDesk(db, kept, () => nowMs);
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

  describe('in a list', () => {
    const lecture = (id: string) => ({ id, title: id }) as LectureView;
    const programme = { title: 'Soil', rest: [lecture('l2'), lecture('l3')] };
    const closed = async () => {
      desk = new HallDesk(db, { lectureId: 'l', present: [], headCount: 0, programme }, () => nowMs);
      desk.arrive('ana', 'A');
      desk.arrive('bo', 'B');
      desk.arrive('cy', 'C');
      desk.headCountBy(2);
      desk.open('Terraces', traceOf('one'), 'key one');
      desk.leave('cy');
      await desk.close('this boot');
      return rebooted();
    };

    it('has the next lecture ready for those who are here, across a power cut', async () => {
      const next = await closed();
      expect(next.current().times).toBeUndefined();
      expect(next.current()).toEqual({
        lectureId: 'l2',
        present: [
          { learnerId: 'ana', grade: 'B' },
          { learnerId: 'bo', grade: 'B' },
        ],
        headCount: 2,
        programme: { title: 'Soil', rest: [lecture('l3')] },
        followsIn: 'this boot',
      });
    });

    it('leaves those who have checked in their grade, unless the power was off in between', async () => {
      const [next, late] = [await closed(), await rebooted()];
      next.follow('this boot');
      late.follow('another boot');
      expect(next.current().present.map(({ grade }) => grade)).toEqual(['B', 'B']);
      expect(late.current().present.map(({ grade }) => grade)).toEqual(['C', 'C']);
      expect(late.current().followsIn).toBeUndefined();
    });

    it('forgets who was there when the roll is taken anew, but not the list', async () => {
      const next = await closed();
      next.takeRollAnew();
      expect((await rebooted()).current()).toEqual({
        lectureId: 'l2',
        present: [],
        headCount: 0,
        programme: { title: 'Soil', rest: [lecture('l3')] },
      });
    });

    it('ends with its last lecture', async () => {
      desk = new HallDesk(
        db,
        { lectureId: 'l3', present: [], headCount: 0, programme: { title: 'Soil', rest: [] } },
        () => nowMs,
      );
      desk.open('Last', traceOf('three'), 'key three');
      await desk.close('this boot');
      expect(await recall(db, 'roll')).toBeUndefined();
    });
  });

  it('takes the grade of an answered prompt from those alone who did not answer the next', () => {
    desk.arrive('ana', 'A');
    desk.arrive('bo', 'A');
    desk.arrive('cy', 'C');
    desk.lapse(new Set(['ana']));
    expect(['ana', 'bo', 'cy'].map((id) => desk.gradeOf(id))).toEqual(['A', 'B', 'C']);
  });

  it('notes who comes late and who leaves, also over a power cut, and not who is there from the start', async () => {
    desk.arrive('ana', 'B');
    desk.arrive('slip', 'C');
    desk.leave('slip');
    desk.open('Terraces', traceOf('one'), 'key one');
    desk.noteSpans([{ seq: 0, fromMs: 0, toMs: 9000, rate: 1, clockFromMs: 1000, clockToMs: 10_000 }]);
    nowMs = 121_000;
    desk.arrive('bo', 'B');
    desk.arrive('cy', 'C', 61_000);
    nowMs = 181_000;
    desk.arrive('bo', 'A');
    desk.leave('ana');
    const after = await rebooted();
    expect(after.current().times).toEqual({
      ana: { lateMs: 0, leftAfterMs: 180_000 },
      bo: { lateMs: 120_000 },
      cy: { lateMs: 60_000 },
    });
    nowMs = 0;
    after.open('Terraces', traceOf('two'), 'key two');
    expect(after.current().running?.startedClockMs).toBeUndefined();
  });

  it('counts no fewer than no heads', () => {
    desk.headCountBy(-1);
    expect(desk.current().headCount).toBe(0);
  });

  it('leaves nothing to be carried on once it is closed', async () => {
    desk.open('Terraces', traceOf('one'), 'key one');
    await desk.close('boot');
    desk.noteSpans([{ seq: 1, fromMs: 0, toMs: 9000, rate: 1, clockFromMs: 5, clockToMs: 9005 }]);
    expect(await recall(db, 'roll')).toBeUndefined();
  });
});
