import { describe, expect, it } from '@jest/globals';
import { ServerProblem } from '../../server/client';
import { presentOf, refusedLines, strangersIn, withTick } from './attendance';

const named = (id: string) => ({ id, name: id.toUpperCase(), code: `code of ${id}` });
const ids = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id);

describe('the lines of a sheet', () => {
  const three = ['ana', 'bo', 'cy'].reduce((lines, id) => withTick(lines, named(id), true), {});

  it('are whole until somebody writes a time', () => {
    const lines = { ...withTick(three, named('bo'), false), cy: { who: named('cy'), came: '19:40', went: '' } };
    expect(presentOf(lines, 'Asia/Shanghai', '2026-11-20T19:30')).toEqual([
      { learnerId: 'ana', cameAt: null, wentAt: null },
      { learnerId: 'cy', cameAt: '2026-11-20T11:40:00.000Z', wentAt: null },
    ]);
  });

  const sent = presentOf(three, 'Asia/Shanghai', '2026-11-20T19:30');
  const error = new ServerProblem('invalid-request', [
    { pointer: '/present/1/learnerId', detail: '' },
    { pointer: '/present/2/wentAt', detail: '' },
    { pointer: '/present/9/wentAt', detail: '' },
    { pointer: '/startedAt', detail: '' },
  ]);

  it('are told apart by what is wrong with each, as they were sent', () => {
    expect([...refusedLines(sent, error)]).toEqual([
      ['bo', 'notOnRoster'],
      ['cy', 'badTimes'],
    ]);
    expect(refusedLines(sent, new Error()).size).toBe(0);
    expect(refusedLines([], error).size).toBe(0);
  });

  it('blame nobody else once somebody has been taken off the sheet', () => {
    const mended = withTick(withTick(three, named('ana'), false), named('bo'), false);
    const blamed = refusedLines(sent, error);
    expect(Object.keys(mended).map((id) => blamed.get(id))).toEqual(['badTimes']);
  });

  it('stay in sight when the day is another, on whose roster they are not', () => {
    expect(ids(strangersIn(three, [named('bo'), named('di')]))).toEqual(['ana', 'cy']);
    const [ana = named('')] = strangersIn(three, []);
    expect(ana).toEqual(named('ana'));
    expect(ids(strangersIn(withTick(three, ana, false), []))).toEqual(['bo', 'cy']);
  });
});
