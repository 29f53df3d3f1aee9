import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Edition, Job, Rendition, Segment } from '#libs/database';
import type { Rung } from '#libs/domain';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { movingClip } from '../../../../test/support/recordings.js';
import { Studio } from '../../../../test/support/studio.js';
import { addJobs } from '../jobs/jobs.queries.js';
import { factsOf } from './source.js';
import { showEarly } from './transcoding.queries.js';

/** No version of ours has these. */
const foreign: readonly Rung[] = [
  { name: '200p', width: 356, height: 200, maxBps: 400_000, crf: 25 },
  { name: '100p', width: 178, height: 100, maxBps: 200_000, crf: 25 },
];

let clips: string;
let clip: string;
let studio: Studio;
beforeAll(async () => {
  clips = await mkdtemp(join(tmpdir(), 'lectern-clips-'));
  clip = await movingClip(clips, 20, '426x240');
  studio = await Studio.open();
});
afterAll(async () => {
  await studio.close();
  await rm(clips, { recursive: true, force: true });
});

describe('the rungs of an encode are those that were planned for it,', () => {
  const picturesOf = async (editionId: string, encode: number) => {
    const found = await studio.db.findBy(Rendition, { editionId, encode, kind: 'video' });
    return found.map(({ name, width, height }) => `${name} ${width}x${height}`).toSorted();
  };

  it('when another version plans, and this one encodes, shows and publishes', async () => {
    const id = await studio.sendPlanned(clip, foreign);
    expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, failureCode: null });
    expect(await picturesOf(id, 1)).toEqual(['100p 178x100', '200p 356x200']);
    expect(await studio.isWhole(id)).toBe(true);

    // Encoded again, it has the rungs of this version; what viewers may still have open stays beside them.
    await studio.db.update(Edition, id, { state: 'encoding', encode: 2 });
    await addJobs(studio.db, await studio.edition(id), [{ kind: 'probe' }]);
    await studio.wake(id);
    expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, encode: 2, shownEncode: 2 });
    expect(await picturesOf(id, 2)).toEqual(['240p 426x240']);
    expect(await picturesOf(id, 1)).toEqual(['100p 178x100', '200p 356x200']);
  });

  it('and are the ladder of today where the probe is ours', async () => {
    const id = await studio.send(clip);
    expect((await studio.end(id)).ladder).toEqual([
      { name: '240p', width: 426, height: 240, maxBps: 435_205, crf: 22.8 },
    ]);
  });

  it('so that it is shown early when each of those has its first piece, no sooner and no later', async () => {
    const ended = await studio.edition(await studio.send(clip));
    const { id } = await studio.end(ended.id);
    const edition = await studio.edition(id);
    await studio.db.update(Edition, { lectureId: edition.lectureId }, { live: false });
    const change = { state: 'encoding' as const, encode: 7, shownEncode: null, ladder: [...foreign] };
    await studio.db.update(Edition, id, change);
    const planned = await studio.edition(id);
    const begin = async (name: string, kind: 'video' | 'audio') => {
      const renditionId = uuidv7();
      const measured = { codecs: 'x', timescale: 1000, initSha256: 'x', initBytes: 1 };
      await studio.db.insert(Rendition, { id: renditionId, editionId: id, encode: 7, name, kind, ...measured });
      await studio.db.insert(Segment, { renditionId, index: 0, durationTicks: 4000, sha256: 'x', bytes: 1 });
      await studio.db.transaction((tx) => showEarly(tx, planned, factsOf(planned)));
      return (await studio.edition(id)).shownEncode;
    };
    expect(await begin('200p', 'video')).toBeNull();
    expect(await begin('audio', 'audio')).toBeNull();
    expect(await begin('100p', 'video')).toBe(7);
  });
});

describe('an encode that lacks a piece of its plan', () => {
  it('is not published, nor shown any longer, says what is missing, and a retry makes it whole', async () => {
    const id = await studio.send(clip);
    await studio.end(id);
    const { id: renditionId } = await studio.db.findOneByOrFail(Rendition, { editionId: id, name: '240p' });
    await studio.db.delete(Segment, { renditionId, index: 1 });
    await studio.db.delete(Job, { editionId: id, kind: 'publish' });
    await studio.db.update(Edition, id, { state: 'encoding', publishedAt: null });
    await addJobs(studio.db, await studio.edition(id), [{ kind: 'publish' }]);
    await studio.wake(id);
    expect(await studio.end(id)).toMatchObject({
      ...{ state: 'failed', failureCode: 'verify-failed', live: false, shownEncode: null, sourceKept: true },
      failureDetail: 'The encode is not complete: 240p has a gap.',
    });
    await studio.retry(id);
    expect(await studio.end(id)).toMatchObject({ state: 'ready', live: true, shownEncode: 1, failureCode: null });
    expect(await studio.db.countBy(Segment, { renditionId })).toBe(0);
    expect(await studio.isWhole(id)).toBe(true);
  });
});
