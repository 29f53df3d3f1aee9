import { Edition, type Job, Rendition, Segment, Still } from '#libs/database';
import { segmentMs, rateOf } from '#libs/domain';
import type { AcceptedFacts, CheckedStill, NamedRendition } from '#libs/media';
import { type EntityManager, MoreThan } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { addJobs, type NewJob } from '../jobs/jobs.queries.js';

/** Stores what the probe found and the jobs that follow from it. */
export const writePlan = async (
  tx: EntityManager,
  edition: Edition,
  facts: AcceptedFacts,
  jobs: readonly NewJob[],
): Promise<void> => {
  await tx.update(Edition, edition.id, { facts: facts as unknown as Record<string, never> });
  await addJobs(tx, edition, jobs);
};

/** Stores the pieces of one chunk in every rendition. Pieces of an earlier try of the same chunk give way. */
export const writeRenditions = async (
  tx: EntityManager,
  { editionId, fromMs }: Job,
  renditions: readonly NamedRendition[],
  facts: AcceptedFacts,
): Promise<void> => {
  const firstIndex = Math.round((fromMs ?? 0) / segmentMs);
  for (const rendition of renditions) {
    const renditionId = await writeRendition(tx, editionId, rendition, facts);
    const pieces = rendition.segments.map(({ durationTicks, sha256, bytes }, offset) => ({
      renditionId,
      index: firstIndex + offset,
      durationTicks,
      sha256,
      bytes,
    }));
    const indexes = pieces.map(({ index }) => index);
    await tx.query(`DELETE FROM segment WHERE rendition_id = $1 AND index = ANY($2)`, [renditionId, indexes]);
    await tx.createQueryBuilder().insert().into(Segment).values(pieces).updateEntity(false).execute();
  }
};

async function writeRendition(
  tx: EntityManager,
  editionId: string,
  { name, track, init }: NamedRendition,
  facts: AcceptedFacts,
): Promise<string> {
  const { kind, codecs, timescale } = track;
  const shape =
    track.kind === 'video'
      ? { width: track.width, height: track.height, frameRate: rateOf(facts.video.frameRate) }
      : { channels: track.channels };
  await tx.upsert(
    Rendition,
    {
      id: uuidv7(),
      editionId,
      name,
      kind,
      codecs,
      timescale,
      ...shape,
      initSha256: init.sha256,
      initBytes: init.bytes,
    },
    { conflictPaths: ['editionId', 'name'], skipUpdateIfNoValuesChanged: true },
  );
  return (await tx.findOneByOrFail(Rendition, { editionId, name })).id;
}

/** Stores what pictures were taken; those of an earlier try give way. */
export const writeStills = async (
  tx: EntityManager,
  editionId: string,
  stills: readonly CheckedStill[],
): Promise<void> => {
  await tx.delete(Still, { editionId });
  const rows = stills.map(({ kind, atMs, width, height, sha256, bytes }) => ({
    ...{ id: uuidv7(), editionId, kind, atMs, width, height, sha256, bytes },
  }));
  if (rows.length > 0) await tx.insert(Still, rows);
};

/** Adds the job that publishes, when the job that ends in this transaction is the last one before it. */
export const publishWhenLast = async (tx: EntityManager, edition: Edition, ending: Job): Promise<void> => {
  const open = await tx.query<unknown[]>(
    `SELECT id FROM job WHERE edition_id = $1 AND id <> $2 AND kind <> 'publish' AND state <> 'done' LIMIT 1`,
    [edition.id, ending.id],
  );
  if (open.length === 0) await addJobs(tx, edition, [{ kind: 'publish' }]);
};

/** The measured length of the longest video rendition, in ms; 0 when nothing was encoded. */
const measuredDurationMs = async (tx: EntityManager, editionId: string): Promise<number> => {
  const rows = await tx.query<{ duration_ms: string | null }[]>(
    `SELECT round(max(total)) AS duration_ms
     FROM (SELECT sum(duration_ticks) * 1000.0 / timescale AS total
           FROM rendition JOIN segment ON segment.rendition_id = rendition.id
           WHERE edition_id = $1 AND kind = 'video' GROUP BY rendition.id) AS length`,
    [editionId],
  );
  return Number(rows[0]?.duration_ms ?? 0);
};

/** Makes an edition ready, and the one that viewers get unless a newer one of its lecture was faster. */
export const makeLive = async (tx: EntityManager, { id, lectureId, number }: Edition): Promise<void> => {
  await tx.query(`SELECT FROM lecture WHERE id = $1 FOR UPDATE`, [lectureId]);
  const isNewest = !(await tx.existsBy(Edition, { lectureId, live: true, number: MoreThan(number) }));
  if (isNewest) await tx.update(Edition, { lectureId, live: true }, { live: false });
  await tx.update(Edition, id, {
    state: 'ready',
    live: isNewest,
    durationMs: await measuredDurationMs(tx, id),
    progress: 1,
    publishedAt: new Date(),
    failureCode: null,
    failureDetail: null,
  });
};
