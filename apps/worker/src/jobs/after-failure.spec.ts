import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#libs/domain';
import { afterFailure } from './after-failure.js';

describe('afterFailure', () => {
  it('gives a fault of the source no second try', () => {
    expect(afterFailure(new DomainError('source-no-video', 'x'), 1)).toEqual({ then: 'fail' });
  });

  it('tries anything technical three times, ever later', () => {
    const delays = [1, 2, 3].map((attempts) => afterFailure(new Error('disk'), attempts));
    expect(delays).toEqual([{ then: 'wait', delayMs: 5_000 }, { then: 'wait', delayMs: 20_000 }, { then: 'fail' }]);
  });

  it('says nothing about a job that another worker has', () => {
    expect(afterFailure(new DomainError('stale-worker', 'x'), 1)).toEqual({ then: 'nothing' });
  });
});
