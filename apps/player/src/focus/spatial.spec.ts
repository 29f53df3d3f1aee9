import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closest, nearest, type Box, type Direction } from './spatial.js';

const box = (left: number, top: number): Box => ({ left, top, right: left + 80, bottom: top + 40 });
/** Three columns, three rows. */
const grid = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => box(column * 100, row * 60)));
const from = (index: number, direction: Direction) => nearest(grid[index] ?? box(0, 0), grid, direction);

describe('the arrows of a remote control', () => {
  it('go to the neighbour in a grid of cards', () => {
    expect([from(4, 'left'), from(4, 'right'), from(4, 'up'), from(4, 'down')]).toEqual([3, 5, 1, 7]);
  });

  it('stay at the edge', () => {
    expect([from(0, 'left'), from(0, 'up'), from(8, 'right'), from(8, 'down')]).toEqual([-1, -1, -1, -1]);
  });

  it('reach something that lies aside when nothing is straight ahead', () => {
    expect(nearest(box(0, 0), [box(300, 200)], 'down')).toBe(0);
  });

  it('never lead to the box they came from, and only ahead', () => {
    const boxes = fc.array(
      fc.tuple(fc.nat(1000), fc.nat(1000)).map(([left, top]) => box(left, top)),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(boxes, (all) => {
        const start = all[0] ?? box(0, 0);
        const right = all[nearest(start, all, 'right')];
        const up = all[nearest(start, all, 'up')];
        expect(right === undefined || right.left > start.left).toBe(true);
        expect(up === undefined || up.bottom < start.bottom).toBe(true);
      }),
    );
  });

  it('go on from the place of what is gone', () => {
    const left = grid.filter((_, index) => index !== 4);
    expect(left[closest(grid[4] ?? box(0, 0), left)]).toEqual(grid[1]);
    expect(closest(box(1000, 1000), grid)).toBe(8);
    expect(closest(box(0, 0), [])).toBe(-1);
  });
});
