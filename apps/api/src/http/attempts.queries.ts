import type { EntityManager } from 'typeorm';

export const WINDOW_MINUTES = 15;

export interface Failures {
  /** Within the window. */
  readonly failures: number;
  /** Until fewer than the limit are left within the window; null when that is so now. */
  readonly wait_s: number | null;
}

/** How each subject stands against the limit of its failures, in the order given. */
export const recentFailures = (
  db: EntityManager,
  subjectHashes: readonly string[],
  limits: readonly number[],
): Promise<Failures[]> =>
  db.query<Failures[]>(
    `SELECT counted.failures, ceil(extract(epoch FROM last.failed_at - now()) + $3 * 60)::int AS wait_s
     FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS tried (hash, most, place)
     CROSS JOIN LATERAL (SELECT count(*)::int AS failures FROM sign_in_failure
       WHERE subject_hash = tried.hash AND failed_at > now() - make_interval(mins => $3)) AS counted
     LEFT JOIN LATERAL (SELECT failed_at FROM sign_in_failure
       WHERE subject_hash = tried.hash AND failed_at > now() - make_interval(mins => $3)
       ORDER BY failed_at DESC OFFSET tried.most - 1 LIMIT 1) AS last ON true
     ORDER BY place`,
    [subjectHashes, limits, WINDOW_MINUTES],
  );
