/** @jest-environment node */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import 'fake-indexeddb/auto';
import { PICKED } from './kept-lecture.js';
import { LECTURE_BYTES, openKeeper } from './keeper-stage.js';

const NOON = Date.parse('2026-11-28T12:00Z');
const HOUR_MS = 3_600_000;
const PATIENCE_NS = 10_000_000_000n;

describe('a keeper', () => {
  let stage: Awaited<ReturnType<typeof openKeeper>>;
  beforeEach(async () => {
    jest.useFakeTimers({ now: NOON, doNotFake: ['hrtime', 'nextTick', 'queueMicrotask', 'setImmediate'] });
    stage = await openKeeper('keeper-spec');
  });
  afterEach(async () => {
    jest.clearAllTimers();
    jest.useRealTimers();
    await stage.close();
  });

  /** Until it has done what it can do, and has set its clock for the next time. */
  const settled = async () => {
    const begunNs = process.hrtime.bigint();
    while (stage.locks.isHeld || jest.getTimerCount() === 0) {
      if (process.hrtime.bigint() - begunNs > PATIENCE_NS) throw new Error('The keeper has not settled.');
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const later = async (ms: number) => {
    jest.advanceTimersByTime(ms);
    await settled();
  };
  const stateOf = (id: string) => {
    const kept = stage.library.current().lectures.find(({ lectureId }) => lectureId === id);
    return kept && { isWhole: kept.isWhole, isReleased: kept.isReleased, trouble: kept.trouble };
  };
  const WHOLE = { isWhole: true, isReleased: false, trouble: undefined };
  const isMedia = (path: string) => path.startsWith('/media/');
  const keep = async (id: string) => {
    await stage.keep(id);
    await settled();
  };

  it('waits for the hours of the link, and then begins by itself', async () => {
    stage.house.linkHours = '20:00-22:00';
    await keep('a');
    const untilMs = NOON + 8 * HOUR_MS;
    expect(stage.library.current().keeping).toEqual({ does: 'waits', for: 'hours', untilMs });
    for (let hour = 0; hour < 7; hour += 1) await later(HOUR_MS);
    expect(stateOf('a')).toMatchObject({ isWhole: false });
    expect(stage.house.asked.filter(isMedia)).toEqual([]);
    await later(HOUR_MS);
    expect(stateOf('a')).toEqual(WHOLE);
    expect(stage.library.current().keeping).toEqual({ does: 'rests' });
  });

  it('makes room by what was watched, and leaves what is pinned', async () => {
    for (const id of ['a', 'bb', 'ccc']) await keep(id);
    for (const id of ['a', 'bb']) await stage.library.notePlayed(`${id}-1`, [span(6000)]);
    await stage.library.change('a', { isPinned: true });
    stage.shelf.capacityBytes = 3 * LECTURE_BYTES;
    await keep('dddd');
    expect(['a', 'bb', 'ccc', 'dddd'].map(stateOf)).toEqual([
      WHOLE,
      { isWhole: false, isReleased: true, trouble: undefined },
      WHOLE,
      WHOLE,
    ]);
    const { usedBytes } = await stage.shelf.room();
    expect(usedBytes).toBe(3 * LECTURE_BYTES);
  });

  it('takes nothing away where all that may go would not do, and says that there is no room', async () => {
    for (const id of ['a', 'bb']) await keep(id);
    await stage.library.notePlayed('a-1', [span(6000)]);
    await stage.library.change('a', { isPinned: true });
    stage.shelf.capacityBytes = 2 * LECTURE_BYTES;
    await keep('ccc');
    expect(['a', 'bb', 'ccc'].map(stateOf)).toEqual([
      WHOLE,
      WHOLE,
      { isWhole: false, isReleased: false, trouble: 'no-room' },
    ]);
  });

  it('keeps the list of the site, and what is picked afterwards', async () => {
    stage.house.picks = ['a', 'bb'];
    await stage.library.order({ key: PICKED, courseId: undefined, title: '', quality: '240' });
    await settled();
    expect(['a', 'bb'].map(stateOf)).toEqual([WHOLE, WHOLE]);
    stage.house.picks.push('ccc');
    await later(6 * HOUR_MS);
    expect(stateOf('ccc')).toEqual(WHOLE);
  });

  const keyQuestions = () => stage.house.asked.filter((path) => path === 'keys').length;
  const pickForged = async () => {
    await stage.knowKey();
    stage.house.picks = ['a', 'bb', 'ccc'];
    await stage.library.order({ key: PICKED, courseId: undefined, title: '', quality: '240' });
    await settled();
  };

  it('asks the house for its keys once a round, however much is signed by none of them', async () => {
    await pickForged();
    expect(stage.house.picks.map((id) => stateOf(id)?.trouble)).toEqual(['forged', 'forged', 'forged']);
    expect(keyQuestions()).toBe(1);
    await stage.library.again('a');
    await settled();
    expect(keyQuestions()).toBe(2);
    expect(stage.house.asked.filter(isMedia)).toEqual([]);
  });

  it('calls nothing forged while the house cannot be asked for its keys', async () => {
    stage.house.tellsItsKeys = false;
    await pickForged();
    expect(stage.house.picks.map((id) => stateOf(id)?.trouble)).toEqual([undefined, undefined, undefined]);
    expect(stage.library.current().keeping).toMatchObject({ does: 'waits', for: 'link' });
  });
});

const span = (toMs: number) => ({ seq: 0, fromMs: 0, toMs, rate: 1, clockFromMs: 0, clockToMs: toMs });
