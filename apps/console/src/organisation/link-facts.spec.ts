import { describe, expect, it } from '@jest/globals';
import { emptyLink, linkOf } from './link-facts';

describe('the facts of a link', () => {
  it('are left out when they are left open', () => {
    expect(linkOf(emptyLink)).toEqual({});
    expect(linkOf({ ...emptyLink, fromHour: '22:00' })).toEqual({});
  });

  it('go as numbers and as one stretch of hours', () => {
    expect(linkOf({ kbps: '512', mbPerMonth: 2000, fromHour: '22:00', toHour: '06:00' })).toEqual({
      linkKbps: 512,
      linkMbPerMonth: 2000,
      linkHours: '22:00-06:00',
    });
  });
});
