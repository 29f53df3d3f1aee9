import { describe, expect, it } from '@jest/globals';
import { underToken } from './play-token.js';

const origin = 'https://lectern.test/';

describe('the right to play in a URL', () => {
  it('is replaced by the renewed one', () => {
    expect(underToken('/media/e/abc.m4s?token=old', '/api/v1/editions/e/1/master.m3u8?token=new', origin)).toBe(
      'https://lectern.test/media/e/abc.m4s?token=new',
    );
  });

  it('is not added where there was none', () => {
    expect(underToken('/media/e/abc.m4s', '/x.m3u8?token=new', origin)).toBe('https://lectern.test/media/e/abc.m4s');
  });

  it('stays when the renewed playlist names none', () => {
    expect(underToken('/a?token=old', '/x.m3u8', origin)).toBe('https://lectern.test/a?token=old');
  });
});
