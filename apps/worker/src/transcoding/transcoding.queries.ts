import { Edition, type Job, Rendition, Segment, Still } from '#libs/database';
import {
  type AcceptedFacts,
  DomainError,
  rateOf,
  type RenditionLength,
  type Rung,
  sourceDurationMs,
} from '#libs/domain';
import type { CheckedStill, NamedRendition } from '#libs/media';
import { type EntityManager, IsNull, MoreThan, Not } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { addJobs, type NewJob } from '../jobs/jobs.queries.js';
import { rungsOf } from './source.js';

/** What the probe found, what an encode of it shall be made of, and the jobs that follow from it. */
interface EncodePlan {
  readonly facts: AcceptedFacts;
  readonly rungs: readonly Rung[];
  readonly jobs: readonly NewJob[];
}

/** Stores the plan of the encode under way: whatever version encodes or publishes it keeps to it. */
export const writePlan = async (
  tx: EntityManager,
  edition: Edition,
  { facts, rungs, jobs }: EncodePlan,
): Promise<void> => {
  const durationMs = edition.durationMs ?? sourceDurationMs(facts);
  const plan = { facts: facts as unknown as Record<string, never>, ladder: [...rungs] };
  await tx.update(Edition, edition.id, { ...plan, durationMs });
  await addJobs(tx, edition, jobs);
};

/**
 * Stores pieces of renditions of the encode under way. What is there already stays as it is: it was verified, and somebody
 * may be watching it.
 *
 * @throws {DomainError} `verify-failed` when the pieces do not begin as those do that are there
 */
export const writePieces = async (
  tx: EntityManager,
  edition: Edition,
  renditions: readonly NamedRendition[],
  facts: AcceptedFacts,
): Promise<void> => {
  for (const rendition of renditions) {
    const renditionId = await writeRendition(tx, edition, rendition, facts);
    const pieces = rendition.segments.map(({ index, durationTicks, sha256, bytes, keyBytes }) => ({
      ...{ renditionId, index, durationTicks, sha256, bytes, keyBytes },
    }));
    if (pieces.length > 0)
      await tx.createQueryBuilder().insert().into(Segment).values(pieces).orIgnore().updateEntity(false).execute();
  }
};

async function writeRendition(
  tx: EntityManager,
  { id: editionId, encode }: Edition,
  { name, track, init }: NamedRendition,
  facts: AcceptedFacts,
): Promise<string> {
  const { kind, codecs, timescale } = track;
  const shape =
    track.kind === 'video'
      ? { width: track.width, height: track.height, frameRate: rateOf(facts.video.frameRate) }
      : { channels: track.channels };
  const begin = { initSha256: init.sha256, initBytes: init.bytes };
  const row = { id: uuidv7(), editionId, encode, name, kind, codecs, timescale, ...shape, ...begin };
  await tx.createQueryBuilder().insert().into(Rendition).values(row).orIgnore().updateEntity(false).execute();
  const stored = await tx.findOneByOrFail(Rendition, { editionId, encode, name });
  if (stored.initSha256 !== init.sha256)
    throw new DomainError(
      'verify-failed',
      `What was encoded of ${name} now does not begin as what was encoded before.`,
    );
  return stored.id;
}

/**
 * Lets viewers have an edition that is still being encoded, as soon as every rendition has its first piece, unless
 * something of its lecture can be watched already.
 */
export const showEarly = async (tx: EntityManager, edition: Edition, facts: AcceptedFacts) => {
  const { id, lectureId, encode } = edition;
  if (await tx.existsBy(Edition, { id, shownEncode: Not(IsNull()) })) return;
  const begun = await tx.query<unknown[]>(
    `SELECT FROM rendition JOIN segment ON segment.rendition_id = rendition.id AND segment.index = 0
     WHERE edition_id = $1 AND encode = $2`,
    [id, encode],
  );
  if (begun.length < rungsOf(edition).length + (facts.audio ? 1 : 0)) return;
  // Who publishes locks the lecture before its editions; the next piece will ask again.
  const lecture = await tx.query<unknown[]>(`SELECT id FROM lecture WHERE id = $1 FOR UPDATE SKIP LOCKED`, [lectureId]);
  if (lecture.length === 0) return;
  await tx.query(
    `UPDATE edition SET shown_encode = encode, live = true
     WHERE id = $1 AND shown_encode IS NULL AND state = 'encoding'
       AND NOT EXISTS (SELECT FROM edition AS other WHERE other.lecture_id = $2 AND other.live)`,
    [id, lectureId],
  );
};

/** Stores what pictures were taken; those of an earlier try give way. */
export const writeStills = async (
  tx: EntityManager,
  editionId: string,
  stills: readonly CheckedStill[],
): Promise<void> => {
  await tx.delete(Still, { editionId });
  const rows = stills.map(({ kind, atMs, width, height, tileWidth, tileHeight, tileMs, sha256, bytes }) => ({
    ...{ id: uuidv7(), editionId, kind, atMs, width, height, tileWidth, tileHeight, tileMs, sha256, bytes },
  }));
  if (rows.length > 0) await tx.insert(Still, rows);
};

/** Adds the job that publishes, when the job that ends in this transaction is the last one before it. */
export const publishWhenLast = async (tx: EntityManager, edition: Edition, ending: Job): Promise<void> => {
  const open = await tx.query<unknown[]>(
    `SELECT id FROM job WHERE edition_id = $1 AND encode = $2 AND id <> $3 AND kind <> 'publish' AND state <> 'done' LIMIT 1`,
    [edition.id, edition.encode, ending.id],
  );
  if (open.length === 0) await addJobs(tx, edition, [{ kind: 'publish' }]);
};

/** What has been encoded of each rendition. */
export const lengthsOf = (db: EntityManager, { id, encode }: Edition): Promise<RenditionLength[]> =>
  db.query<RenditionLength[]>(
    `SELECT name, kind, count(segment.index)::integer AS segments, max(segment.index) AS "lastIndex",
            coalesce(sum(duration_ticks)::float8 / timescale, 0) AS seconds
     FROM rendition LEFT JOIN segment ON segment.rendition_id = rendition.id
     WHERE edition_id = $1 AND encode = $2 GROUP BY rendition.id`,
    [id, encode],
  );

/** Makes an edition ready, and the one that viewers get unless a newer one of its lecture was faster. */
export const publish = async (
  tx: EntityManager,
  { id, lectureId, number, encode }: Edition,
  durationMs: number,
): Promise<void> => {
  await tx.query(`SELECT FROM lecture WHERE id = $1 FOR UPDATE`, [lectureId]);
  const isNewest = !(await tx.existsBy(Edition, { lectureId, live: true, number: MoreThan(number) }));
  if (isNewest) await tx.update(Edition, { lectureId, live: true }, { live: false });
  await tx.update(Edition, id, {
    ...{ state: 'ready', live: isNewest, shownEncode: encode, durationMs, progress: 1, publishedAt: new Date() },
    ...{ failureCode: null, failureDetail: null },
  });
};
