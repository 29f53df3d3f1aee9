import type { EntityManager } from 'typeorm';

/** The editions of lectures, locked until the transaction ends. */
export const editionsOf = async (db: EntityManager, lectureIds: readonly string[]): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT id FROM edition WHERE lecture_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`,
    [lectureIds],
  );
  return rows.map(({ id }) => id);
};

/** Whether anybody, a learner or a hall, has watched any of the editions: what the ledger holds may not be derived yet. */
export const wereWatched = async (db: EntityManager, editionIds: readonly string[]): Promise<boolean> => {
  const [row] = await db.query<[{ watched: boolean }]>(
    `SELECT EXISTS (SELECT FROM tracking_session WHERE edition_id = ANY($1::uuid[]))
         OR EXISTS (SELECT FROM learner_credit WHERE edition_id = ANY($1::uuid[]))
         OR EXISTS (SELECT FROM site_day WHERE edition_id = ANY($1::uuid[])) AS watched`,
    [editionIds],
  );
  return row.watched;
};
