import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ladder, sourceDurationMs } from '#libs/domain';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createDeflateRaw } from 'node:zlib';
import { boxAt, type Box } from '../../../test/support/hls/boxes.js';
import { Lab } from '../../../test/support/lab.js';
import { lavfi, makeClip, movingClip } from '../../../test/support/recordings.js';
import { encodeAudio, encodeChunk } from './index.js';

/** What a hostile upload may take at most, to be refused or found good. */
const WITHIN_MS = 60_000;
const MEBIBYTE = 1024 ** 2;

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

/** Puts another box where one is, and lets those around it grow; the index stands behind the data it points to. */
function withBox(file: Buffer, around: readonly string[], old: Box, content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(content.length + 8);
  const box = Buffer.concat([size, Buffer.from(old.type, 'latin1'), content]);
  const made = Buffer.concat([file.subarray(0, old.at), box, file.subarray(old.end)]);
  for (const path of around) {
    const at = boxAt(file, path)?.at ?? Number.NaN;
    made.writeUInt32BE(file.readUInt32BE(at) + box.length - (old.end - old.at), at);
  }
  return made;
}

/** Of version 0: so many times the same second. */
function editList(entries: number): Buffer {
  const content = Buffer.alloc(8 + entries * 12);
  content.writeUInt32BE(entries, 4);
  for (let at = 8; at < content.length; at += 12) {
    content.writeUInt32BE(1_000, at);
    content.writeUInt16BE(1, at + 8);
  }
  return content;
}

/** An archive of one file of zeros, as any archiver writes it. */
async function zeros(bytes: number): Promise<Buffer> {
  const block = Buffer.alloc(MEBIBYTE);
  const deflate = createDeflateRaw({ level: 1 });
  const packed = buffer(deflate);
  await pipeline(Readable.from(Array.from({ length: bytes / MEBIBYTE }, () => block)), deflate);
  const header = Buffer.from('504b0304140000000800' + '00'.repeat(16) + '05000000', 'hex');
  return Buffer.concat([header, Buffer.from('x.mp4'), await packed]);
}

describe('an upload is refused within a minute', () => {
  it(
    'when an edit list shows the same second 20,000 times',
    async () => {
      const file = await readFile(await movingClip(lab.folder, 2, '320x240'));
      const elst = boxAt(file, 'moov/trak/edts/elst');
      if (!elst) throw new Error('no edit list');
      const around = ['moov', 'moov/trak', 'moov/trak/edts'];
      const path = await lab.write('loop.mp4', withBox(file, around, elst, editList(20_000)));
      expect(await lab.verdict(path)).toMatch(/^source-(too-costly|duration-mismatch|unreadable)$/);
    },
    WITHIN_MS,
  );

  it(
    'when it is 300 MB of nothing',
    async () => {
      const path = await lab.write('nothing.mp4', Buffer.alloc(0));
      await truncate(path, 300 * MEBIBYTE);
      expect(await lab.verdict(path)).toBe('source-unreadable');
    },
    WITHIN_MS,
  );

  it(
    'when it is an archive that would unpack to 300 MB, which nobody does',
    async () => {
      const archive = await zeros(300 * MEBIBYTE);
      expect(archive.length).toBeLessThan(3 * MEBIBYTE);
      expect(await lab.verdict(await lab.write('archive.mp4', archive))).toBe('source-format-refused');
    },
    WITHIN_MS,
  );
});

describe('an upload is taken', () => {
  it('though it has fifty tracks of sound, of which one is heard', async () => {
    const sound = Array.from({ length: 50 }, () => ['-map', '1:a']).flat();
    const inputs = [...lavfi('testsrc2=size=320x240:rate=10:duration=2'), ...lavfi('sine=duration=2')];
    const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-b:a', '24k'];
    const source = await makeClip(lab.folder, 'tracks.mp4', ...inputs, '-map', '0:v', ...sound, ...codecs);
    const facts = await lab.accepted(source);
    expect(facts).toMatchObject({ streams: 51, audio: { index: 1 } });
    if (!facts.audio) throw new Error('no sound');
    const { renditions } = await encodeAudio(lab.ffmpeg, facts.audio, {
      source,
      facts,
      folder: join(lab.folder, 'tracks'),
    });
    expect(renditions).toHaveLength(1);
  });

  it('though its titles are scripts, of which nothing is left', async () => {
    const script = '<script>alert(1)</script>';
    const clip = await movingClip(lab.folder, 2, '320x240');
    const titles = ['title', 'artist', 'comment'].flatMap((name) => ['-metadata', `${name}=${script}`]);
    const tracks = ['-metadata:s:v', `title=${script}`, '-metadata:s:a', `language=${script.slice(0, 3)}`];
    const source = await makeClip(lab.folder, 'script.mkv', '-i', clip, '-c', 'copy', ...titles, ...tracks);
    expect((await readFile(source)).includes(script)).toBe(true);
    const facts = await lab.accepted(source);
    expect(JSON.stringify(facts)).not.toContain('<');
    const encode = { source, facts, rungs: ladder(facts.video), folder: join(lab.folder, 'script') };
    const chunk = { index: 0, fromMs: 0, toMs: sourceDurationMs(facts) };
    for (const { init, segments } of (await encodeChunk(lab.ffmpeg, chunk, encode)).renditions)
      for (const { path } of [init, ...segments]) expect((await readFile(path)).includes('script')).toBe(false);
  });
});
