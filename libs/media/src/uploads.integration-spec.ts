import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chunkPlan, ladder, sourceDurationMs } from '#libs/domain';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Lab } from '../../../test/support/lab.js';
import { manifest, media } from '../../../test/support/manifest.js';
import { encodeAudio, encodeChunk } from './index.js';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

describe.each(['hostile', 'real'])('an upload of %s/', (folder) => {
  it.each(manifest(folder))('%s: %s', async (name, expected) => {
    const verdict = await lab.verdict(join(media, folder, name));
    expect(verdict).toBe(expected === 'accept' ? 'accepted' : expected);
  });

  it('stands in the manifest', async () => {
    const listed = manifest(folder).map(([name]) => name);
    expect([...listed, 'MANIFEST.tsv'].toSorted()).toEqual((await readdir(join(media, folder))).toSorted());
  });
});

describe('an accepted upload is encoded to its end, though', () => {
  it.each([
    ['its frames are damaged', 'hostile/flipped-bytes-mdat.mp4'],
    ['its data seems to lie in another file', 'hostile/dref-url-file.mp4'],
    ['its second half is missing', 'hostile/trunc50.m2ts'],
    ['it is not what its name says', 'hostile/really-webm.mp4'],
    ['it is of an old telephone', 'real/lego-h263-amrnb.3gp'],
    ['it is of an old web page', 'real/lego-flv1-mp3.flv'],
    ['its colours fill the whole range', 'real/sign-language-person-fullrange.mkv'],
  ])('%s: %s', async (_, file) => {
    const source = join(media, file);
    const facts = await lab.accepted(source);
    const into = (kind: string) => ({ source, facts, folder: join(lab.folder, `${file}-${kind}`) });
    const rungs = ladder(facts.video);
    for (const chunk of chunkPlan(sourceDurationMs(facts), facts.video.seekPointsMs)) {
      const { renditions } = await encodeChunk(lab.ffmpeg, chunk, { ...into(`chunk-${chunk.index}`), rungs });
      expect(renditions.map(({ name }) => name)).toEqual(rungs.map(({ name }) => name));
    }
    if (facts.audio) expect((await encodeAudio(lab.ffmpeg, facts.audio, into('audio'))).renditions).toHaveLength(1);
  });
});
