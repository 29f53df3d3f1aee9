import { describe, expect, it } from '@jest/globals';
import type { RoleName } from '#libs/contracts';
import { areasOf } from './may';

const grants = (...names: RoleName[]) => names.map((role) => ({ role, unitId: 'u', siteId: null }));

describe('the navigation', () => {
  it('offers each role what it may use', () => {
    expect(areasOf(grants('librarian'))).toEqual(['uploads', 'courses', 'pipeline']);
    expect(areasOf(grants('operator'))).toEqual(['sites', 'files', 'review']);
    expect(areasOf(grants('organiser'))).toEqual(['courses', 'sites', 'files', 'review']);
    expect(areasOf(grants('auditor'))).toEqual(['courses', 'sites', 'files']);
    expect(areasOf(grants('admin'))).toEqual(['courses', 'pipeline', 'sites', 'files', 'review', 'accounts', 'health']);
  });

  it('offers somebody with several roles each area once', () => {
    expect(areasOf(grants('admin', 'librarian', 'librarian'))).toEqual([
      'uploads',
      'courses',
      'pipeline',
      'sites',
      'files',
      'review',
      'accounts',
      'health',
    ]);
  });

  it('offers a learner nothing', () => {
    expect(areasOf([])).toEqual([]);
  });
});
