import type { EntityManager } from 'typeorm';

export interface LearnerSecrets {
  readonly id: string;
  readonly pin_hash: string | null;
}

/** The learner on the roster of a site by card (its hash) or by code; the other of the two is null. */
export const learnerAt = async (
  db: EntityManager,
  siteId: string,
  { cardHash, code }: { cardHash?: string; code?: string },
): Promise<LearnerSecrets | undefined> => {
  const rows = await db.query<LearnerSecrets[]>(
    `SELECT learner.id, learner.pin_hash FROM learner
     JOIN roster_entry ON roster_entry.learner_id = learner.id
     WHERE roster_entry.site_id = $1 AND roster_entry.to_date IS NULL AND learner.erased_at IS NULL
       AND (learner.card_hash = $2 OR learner.code = $3)`,
    [siteId, cardHash ?? null, code ?? null],
  );
  return rows[0];
};
