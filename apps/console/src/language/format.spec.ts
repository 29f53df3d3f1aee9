import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatBytes,
  formatLength,
  formatMinutes,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatSpan,
} from './format';

describe('formats', () => {
  it('write bytes in the unit a person would', () => {
    expect(formatBytes(0, 'en')).toBe('0 byte');
    expect(formatBytes(999, 'en')).toBe('999 byte');
    expect(formatBytes(1_260_000, 'en')).toBe('1.2 MB');
    expect(formatBytes(734_003_200, 'en')).toBe('734 MB');
    expect(formatBytes(5_250_000_000, 'zh-CN')).toBe('5.2 GB');
  });

  it('never say that more is done than is', () => {
    expect(formatPercent(0.999, 'en')).toBe('99%');
    expect(formatMinutes(119_999, 'en')).toBe('1 min');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(Number(formatPercent(share, 'en').replace('%', ''))).toBeLessThanOrEqual(share * 100);
      }),
    );
  });

  it('show a length as a clock does', () => {
    expect(formatLength(245_900)).toBe('4:05');
    expect(formatLength(3_723_000)).toBe('1:02:03');
  });

  it('tell a cost in seconds, more exactly while it is small', () => {
    expect(formatSeconds(7_190, 'en')).toBe('7.1 sec');
    expect(formatSeconds(403_900, 'zh-CN')).toBe('403秒');
    expect(formatNumber(2.19, 'en', 1)).toBe('2.1');
  });

  it('say how long is left in two units at most, never too little', () => {
    expect(formatSpan(400, 'en')).toBe('1 sec');
    expect(formatSpan(61_000, 'en')).toBe('2 min');
    expect(formatSpan(3_900_000, 'en')).toBe('1 hr 5 min');
    expect(formatSpan(3_600_000, 'zh-CN')).toBe('1小时');
  });
});
