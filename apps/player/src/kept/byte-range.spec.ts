/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { askedRange, partOf } from './byte-range.js';

describe('a part of what is kept', () => {
  it('is what RFC 9110 says', () => {
    expect(askedRange('bytes=0-3', 10)).toEqual({ first: 0, last: 3 });
    expect(askedRange('bytes=8-', 10)).toEqual({ first: 8, last: 9 });
    expect(askedRange('bytes=8-99', 10)).toEqual({ first: 8, last: 9 });
    expect(askedRange('bytes=-4', 10)).toEqual({ first: 6, last: 9 });
    expect(askedRange('bytes=-99', 10)).toEqual({ first: 0, last: 9 });
    expect(askedRange('bytes=10-', 10)).toBe('unsatisfiable');
    expect(askedRange('bytes=-0', 10)).toBe('unsatisfiable');
    for (const other of [null, '', 'bytes=-', 'bytes=0-1,3-4', 'lines=1-2'])
      expect(askedRange(other, 10)).toBeUndefined();
  });

  it('comes as one, with its place in the whole', async () => {
    const part = await partOf(new Response('0123456789', { headers: { etag: '"x"' } }), 'bytes=2-4');
    expect([part.status, part.headers.get('content-range'), part.headers.get('etag'), await part.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '"x"',
      '234',
    ]);
    expect((await partOf(new Response('0123456789'), 'bytes=10-')).status).toBe(416);
    expect(await (await partOf(new Response('0123456789'), null)).text()).toBe('0123456789');
  });
});
