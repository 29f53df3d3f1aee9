import type { EntityManager } from 'typeorm';

export const WINDOW_MINUTES = 15;

/** Failures of each subject within the window, in the order given. */
export const recentFailures = async (db: EntityManager, subjectHashes: readonly string[]): Promise<number[]> => {
  const rows = await db.query<{ failures: number }[]>(
    `SELECT (SELECT count(*)::int FROM sign_in_failure
             WHERE subject_hash = tried.hash AND failed_at > now() - make_interval(mins => $2)) AS failures
     FROM unnest($1::text[]) WITH ORDINALITY AS tried (hash, place) ORDER BY place`,
    [subjectHashes, WINDOW_MINUTES],
  );
  return rows.map(({ failures }) => failures);
};
