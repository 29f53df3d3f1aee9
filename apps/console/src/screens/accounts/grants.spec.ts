import { describe, expect, it } from '@jest/globals';
import { grantableBy, grantsOf } from './grants';

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

describe('the roles that can be granted', () => {
  it('are those one holds, each once', () => {
    const held = (['operator', 'admin', 'admin'] as const).map((role) => ({ role, unitId: 'u', siteId: null }));
    expect(grantableBy(held)).toEqual(['admin', 'operator']);
    expect(grantableBy([])).toEqual([]);
  });
});
