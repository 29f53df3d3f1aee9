import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#libs/domain';
import { afterFailure } from './after-failure.js';

const tried = (attempts: number, failureCode: string | null = null) => ({
  attempts,
  lost: 0,
  failureCode,
});

describe('afterFailure', () => {
  it('gives a fault of the source no second try', () => {
    expect(afterFailure(new DomainError('source-no-video', 'x'), tried(1))).toEqual({ then: 'fail' });
    expect(afterFailure(new DomainError('source-no-video', 'x'), tried(9, 'storage-full'))).toEqual({ then: 'fail' });
  });

  it('tries anything technical three times, ever later', () => {
    const delays = [1, 2, 3].map((attempts) => afterFailure(new Error('x'), tried(attempts, 'internal')));
    expect(delays).toEqual([{ then: 'wait', delayMs: 5_000 }, { then: 'wait', delayMs: 20_000 }, { then: 'fail' }]);
  });

  it.each(['encode-limit', 'encode-stalled'] as const)('gives %s a second try, and no third', (code) => {
    const failed = new DomainError(code, 'x');
    expect(afterFailure(failed, tried(1))).toEqual({ then: 'wait', delayMs: 5_000 });
    expect(afterFailure(failed, tried(2, code))).toEqual({ then: 'fail' });
    expect(afterFailure(failed, tried(2, 'internal'))).toMatchObject({ then: 'wait' });
  });

  it('counts no try whose worker has gone', () => {
    expect(afterFailure(new Error('x'), { attempts: 5, lost: 4, failureCode: null })).toEqual({
      then: 'wait',
      delayMs: 5_000,
    });
  });

  it.each(['storage-full', 'storage-failed'] as const)(
    'waits for the store while it is %s, five minutes at most',
    (code) => {
      const delays = [1, 3, 4, 5, 500].map((attempts) =>
        afterFailure(new DomainError(code, 'x'), tried(attempts, code)),
      );
      expect(delays).toEqual([5_000, 80_000, 300_000, 300_000, 300_000].map((delayMs) => ({ then: 'wait', delayMs })));
    },
  );

  it('gives what fails after the store was away one more try', () => {
    expect(afterFailure(new DomainError('encode-failed', 'x'), tried(9, 'storage-full'))).toMatchObject({
      then: 'wait',
    });
    expect(afterFailure(new DomainError('encode-failed', 'x'), tried(10, 'encode-failed'))).toEqual({ then: 'fail' });
  });

  it('says nothing about a job that another worker has', () => {
    expect(afterFailure(new DomainError('stale-worker', 'x'), tried(1))).toEqual({ then: 'nothing' });
  });
});
