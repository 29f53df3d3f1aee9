import type { WorkerView } from '#libs/contracts';

/** Workers are heard of every 15 s; who has not been for a minute is taken for gone, as `/health` has it. */
const SILENT_MS = 60_000;

export const attendanceOf = ({ beatAgeMs, jobs }: Pick<WorkerView, 'beatAgeMs' | 'jobs'>) => {
  if (beatAgeMs > SILENT_MS) return 'silent';
  return jobs.length > 0 ? 'busy' : 'idle';
};
