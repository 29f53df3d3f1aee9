import { describe, expect, it } from '@jest/globals';
import { searchOf } from './search.js';

describe('a search for part of a name', () => {
  it('seeks one or two Chinese characters by themselves, and more by their pairs', () => {
    expect(searchOf('水')).toEqual({ pieces: ['水'], pattern: '%' });
    expect(searchOf('水土')).toEqual({ pieces: ['水土'], pattern: '%' });
    expect(searchOf(' 水土保 ')).toEqual({ pieces: ['水土', '土保'], pattern: '%水土保%' });
  });

  it('takes wildcards for what they are', () => {
    expect(searchOf('50%_\\').pattern).toBe('%50\\%\\_\\\\%');
  });

  it('takes no words for no search', () => {
    expect(searchOf('  ')).toEqual({ pieces: null, pattern: null });
    expect(searchOf(undefined)).toEqual({ pieces: null, pattern: null });
  });
});
