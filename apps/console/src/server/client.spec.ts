import { describe, expect, it } from '@jest/globals';
import { address, fieldError, readProblem, ServerProblem } from './client';

describe('a problem document', () => {
  it('is told by its code and its fields', () => {
    const problem = readProblem('{"code":"invalid-request","errors":[{"pointer":"/title","detail":"too long"}]}');
    expect(problem.code).toBe('invalid-request');
    expect(fieldError(problem, 'title')).toBe('too long');
    expect(fieldError(problem, 'name')).toBeUndefined();
  });

  it.each(['<html>502</html>', '', 'null', '[]', '{"code":"made-up"}', '{"code":7}'])(
    'that is none (%s) is our own fault',
    (body) => expect(readProblem(body).code).toBe('internal'),
  );

  it('names the field of a nested pointer by its first step', () => {
    const problem = new ServerProblem('invalid-request', [{ pointer: '/roles/0/unitId', detail: 'unknown' }]);
    expect(fieldError(problem, 'roles')).toBe('unknown');
  });

  it('has no field when it is no problem of the server', () => {
    expect(fieldError(new Error('x'), 'title')).toBeUndefined();
    expect(fieldError(null, 'title')).toBeUndefined();
  });
});

describe('the address of a route', () => {
  it('carries what was asked for, and nothing empty', () => {
    expect(address('/courses', { q: '玉米 & 小麦', categoryId: null, after: undefined, unitId: '', limit: 5 })).toBe(
      '/api/v1/courses?q=%E7%8E%89%E7%B1%B3+%26+%E5%B0%8F%E9%BA%A6&limit=5',
    );
    expect(address('/courses')).toBe('/api/v1/courses');
  });
});
