import { describe, expect, it } from '@jest/globals';
import { ServerProblem } from '../../server/client';
import { presentOf, refusedLines, withTick } from './attendance';

describe('the lines of a sheet', () => {
  const three = ['ana', 'bo', 'cy'].reduce((lines, id) => withTick(lines, id, true), {});

  it('are whole until somebody writes a time', () => {
    const lines = { ...withTick(three, 'bo', false), cy: { came: '19:40', went: '' } };
    expect(presentOf(lines, 'Asia/Shanghai', '2026-11-20T19:30')).toEqual([
      { learnerId: 'ana', cameAt: null, wentAt: null },
      { learnerId: 'cy', cameAt: '2026-11-20T11:40:00.000Z', wentAt: null },
    ]);
  });

  it('are told apart by what is wrong with each', () => {
    const error = new ServerProblem('invalid-request', [
      { pointer: '/present/1/learnerId', detail: '' },
      { pointer: '/present/2/wentAt', detail: '' },
      { pointer: '/present/9/wentAt', detail: '' },
      { pointer: '/startedAt', detail: '' },
    ]);
    expect([...refusedLines(three, error)]).toEqual([
      ['bo', 'notOnRoster'],
      ['cy', 'badTimes'],
    ]);
    expect(refusedLines(three, new Error()).size).toBe(0);
  });
});
