import { type Damage, DamagedBlob } from '#libs/database';
import type { EntityManager } from 'typeorm';
import { namedBlobs } from './named-blobs.js';

export interface NamedBlob {
  readonly editionId: string;
  readonly name: string;
}

/** The editions that are whole, some after another one, in the order of their ids. */
export const editionsAfter = async (db: EntityManager, after: string | null, limit: number): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT id FROM edition WHERE state = 'ready' AND ($1::uuid IS NULL OR id > $1::uuid) ORDER BY id LIMIT $2`,
    [after, limit],
  );
  return rows.map(({ id }) => id);
};

/** The blobs that editions name and whose hash is one of a share of all: each of the shares has as many, about. */
export const blobsOfShare = (
  db: EntityManager,
  editionIds: readonly string[],
  share: number,
  shares: number,
): Promise<NamedBlob[]> =>
  db.query<NamedBlob[]>(
    `SELECT edition_id AS "editionId", sha256 || '.' || extension AS name FROM (${namedBlobs}) AS named
     WHERE edition_id = ANY($1::uuid[]) AND mod(('x' || left(sha256, 6))::bit(24)::int, $3) = $2`,
    [editionIds, share, shares],
  );

export const isNamed = async (db: EntityManager, { editionId, name }: NamedBlob): Promise<boolean> => {
  const rows = await db.query<unknown[]>(
    `SELECT FROM (${namedBlobs}) AS named WHERE edition_id = $1 AND sha256 || '.' || extension = $2`,
    [editionId, name],
  );
  return rows.length > 0;
};

/** Notes what is wrong with a blob; nothing when its edition has gone meanwhile. */
export const noteDamage = async (db: EntityManager, { editionId, name }: NamedBlob, damage: Damage): Promise<void> => {
  await db.query(
    `INSERT INTO damaged_blob (edition_id, name, damage) SELECT id, $2, $3 FROM edition WHERE id = $1
     ON CONFLICT (edition_id, name) DO UPDATE SET damage = excluded.damage`,
    [editionId, name, damage],
  );
};

export const forgetDamage = async (db: EntityManager, { editionId, name }: NamedBlob): Promise<void> => {
  await db.delete(DamagedBlob, { editionId, name });
};
