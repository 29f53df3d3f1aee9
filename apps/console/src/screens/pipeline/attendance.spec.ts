import { describe, expect, it } from '@jest/globals';
import { attendanceOf } from './attendance';

describe('a worker', () => {
  const job = { lectureId: 'l', lectureTitle: 'x', kind: 'chunk', chunkIndex: 0, progress: 0, runMs: 1 } as const;

  it('is busy with a job, idle without', () => {
    expect(attendanceOf({ beatAgeMs: 15_000, jobs: [job] })).toBe('busy');
    expect(attendanceOf({ beatAgeMs: 60_000, jobs: [] })).toBe('idle');
  });

  it('is silent when nothing was heard of it for more than a minute, whatever it had in hand', () => {
    expect(attendanceOf({ beatAgeMs: 60_001, jobs: [job] })).toBe('silent');
  });
});
