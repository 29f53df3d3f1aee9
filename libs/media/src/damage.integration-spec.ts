import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chunkPlan, ladder, sourceDurationMs, type AcceptedFacts, type Chunk } from '#libs/domain';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boxAt } from '../../../test/support/hls/boxes.js';
import { Lab } from '../../../test/support/lab.js';
import { movingClip } from '../../../test/support/recordings.js';
import { standIn } from '../../../test/support/stubs.js';
import { encodeChunk, Ffmpeg } from './index.js';
import { RenditionReader } from './rendition-reader.js';

let lab: Lab;
let source: string;
let facts: AcceptedFacts;
let chunk: Chunk;
/** One rendition as its encoder has written it, of segments of 4, 4 and 2 s. */
let encoded: string;
beforeAll(async () => {
  lab = await Lab.open();
  source = await movingClip(lab.folder, 10, '426x240');
  facts = await lab.accepted(source);
  const [first] = chunkPlan(sourceDurationMs(facts), []);
  if (!first) throw new Error('no chunk');
  chunk = first;
  const rungs = ladder(facts.video);
  await encodeChunk(lab.ffmpeg, chunk, { source, facts, rungs, folder: join(lab.folder, 'whole') });
  encoded = join(lab.folder, 'whole', '0');
});
afterAll(() => lab.close());

let copies = 0;
/** Reads a copy to which something was done, to its end. */
async function read(damage: (copy: string) => Promise<void>): Promise<number> {
  const copy = join(lab.folder, `copy-${++copies}`);
  await cp(encoded, copy, { recursive: true });
  await damage(copy);
  const lines = ({ timescale }: { timescale: number }) => [0, 4, 8, 10].map((seconds) => seconds * timescale);
  const reader = new RenditionReader(copy, { index: 0, lines });
  const taken = await reader.take(true);
  reader.requireWhole();
  return taken?.segments.length ?? 0;
}
const inFile = (name: string, change: (file: Buffer) => Buffer) => async (copy: string) => {
  const file = await readFile(join(copy, name));
  await writeFile(join(copy, name), change(file));
};
const changed = (file: Buffer, write: () => void): Buffer => {
  write();
  return file;
};
/** Writes over the type of the first slice, an IDR picture. */
const asPlainSlice = (file: Buffer): Buffer => {
  const mdat = boxAt(file, 'mdat');
  for (let at = mdat?.start ?? 0; at < (mdat?.end ?? 0); at += 4 + file.readUInt32BE(at)) {
    if ((file.readUInt8(at + 4) & 0x1f) === 5) return changed(file, () => file.writeUInt8(0x41, at + 4));
  }
  throw new Error('no IDR picture');
};
const later = (file: Buffer): Buffer => {
  const at = (boxAt(file, 'moof/traf/tfdt')?.start ?? 0) + 4;
  return changed(file, () => file.writeBigUInt64BE(file.readBigUInt64BE(at) + 1n, at));
};

describe('what an encoder has written', () => {
  it('passes when it is whole', async () => {
    await expect(read(() => Promise.resolve())).resolves.toBe(3);
  });

  it.each([
    ['whose data are cut off', inFile('1.m4s', (file) => file.subarray(0, -100)), /lacks some of its data|box/],
    ['that is cut off within its index', inFile('1.m4s', (file) => file.subarray(0, 60)), /./],
    ['that is empty', inFile('1.m4s', () => Buffer.alloc(0)), /no fragment/],
    ['that begins with a picture that needs others', inFile('1.m4s', asPlainSlice), /IDR/],
    ['that begins a tick later', inFile('1.m4s', later), /begin where the one before/],
    ['the last of which is missing', (copy: string) => rm(join(copy, '2.m4s')), /only 2 of 3/],
    ['one of which is missing', (copy: string) => rm(join(copy, '1.m4s')), /only 1 of 3/],
    ['the beginning of which is missing', noBeginning, /initialisation segment is missing/],
    ['one of which stands where another should', (copy: string) => cp(join(copy, '0.m4s'), join(copy, '1.m4s')), /./],
  ])('is refused when there is a segment %s', async (_, damage, reason) => {
    await expect(read(damage)).rejects.toMatchObject({
      code: 'verify-failed',
      message: expect.stringMatching(reason),
    });
  });

  it('is refused by the encode that has made it, whatever code ffmpeg ends with', async () => {
    const ffmpeg = await Ffmpeg.start({ isolation: false, limits: false, tether: false });
    const into = join(lab.folder, 'lossy');
    const { remove } = await standIn('ffmpeg', `/usr/bin/ffmpeg "$@"; rm ${into}/0/2.m4s; exit 0`);
    const encode = { source, facts, rungs: ladder(facts.video), folder: into };
    await expect(encodeChunk(ffmpeg, chunk, encode).finally(remove)).rejects.toMatchObject({
      code: 'verify-failed',
      message: expect.stringMatching(/only 2 of 3/),
    });
  });
});

async function noBeginning(copy: string): Promise<void> {
  for (const name of ['init.mp4', 'init_0.mp4']) await rm(join(copy, name), { force: true });
}
