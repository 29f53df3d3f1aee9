import { DamagedBlob, Disagreement, Worker } from '#libs/database';
import type { EntityManager } from 'typeorm';

/** Workers that have beaten within the last minute, by the clock of the database. */
export const workersAtWork = (db: EntityManager): Promise<Worker[]> =>
  db.createQueryBuilder(Worker, 'worker').where(`beat_at > clock_timestamp() - interval '1 minute'`).getMany();

/** How many blobs the scrub has found damaged and nobody has mended. */
export const damagedBlobs = (db: EntityManager): Promise<number> => db.count(DamagedBlob);

/** How many derived records and totals the nightly sample found to be other than what follows from the ledger. */
export const disagreements = (db: EntityManager): Promise<number> => db.count(Disagreement);
