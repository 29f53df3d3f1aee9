import { describe, expect, it } from '@jest/globals';
import { grantsOf } from './grants';

const [unit, site] = [{ id: 'u' }, { id: 's' }];

describe('the grants of a new account', () => {
  it('lie on the unit, and the operator on the site', () => {
    expect(grantsOf(['librarian', 'operator'], unit, site)).toEqual([
      { role: 'librarian', unitId: 'u' },
      { role: 'operator', siteId: 's' },
    ]);
  });

  it('leave out what has no place', () => {
    expect(grantsOf(['librarian', 'operator'], null, null)).toEqual([]);
  });
});
