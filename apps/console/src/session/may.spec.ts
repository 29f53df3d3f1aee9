import { describe, expect, it } from '@jest/globals';
import type { RoleName } from '#libs/contracts';
import { areasOf, keepsRoster } from './may';

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

describe('a roster', () => {
  const site = { id: 's', unitId: 'u' };
  const at = (unitId: string | null, siteId: string | null, role: RoleName) => [{ role, unitId, siteId }];

  it('is kept by operators of the site, and by organisers and admins of its own unit', () => {
    expect(keepsRoster(at(null, 's', 'operator'), site)).toBe(true);
    expect(keepsRoster(at('u', null, 'organiser'), site)).toBe(true);
    expect(keepsRoster(at('u', null, 'admin'), site)).toBe(true);
  });

  it('is kept by nobody else: not by units above, nor by other roles', () => {
    expect(keepsRoster(at('above', null, 'admin'), site)).toBe(false);
    expect(keepsRoster(at('u', null, 'auditor'), site)).toBe(false);
    expect(keepsRoster(at(null, 'other', 'operator'), site)).toBe(false);
  });
});
