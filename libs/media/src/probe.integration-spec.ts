import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ladder, sourceDurationMs } from '#libs/domain';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Lab } from '../../../test/support/lab.js';
import { lavfi, makeClip, movingClip } from '../../../test/support/recordings.js';

const media = join(import.meta.dirname, '../../../test/media');
let lab: Lab;
let clip: string;
beforeAll(async () => {
  lab = await Lab.open();
  clip = await movingClip(lab.folder, 6);
});
afterAll(() => lab.close());

describe('a recording is taken', () => {
  it.each([
    ['phone-portrait-rot90.mov', 2_068, '240p', 240],
    ['iphone-hdr-dolby-rot90.mov', 1_667, '1080p', 1_080],
    ['no-duration-vp9-opus.webm', 4_938, '720p', 1_280],
    ['embedded-srt-ac3.mkv', 1_071, '720p', 1_080],
    ['editlist-positive-shift.mp4', 10_005, '1080p', 1_920],
    ['fmp4-multiple-sidx.mp4', 20_000, '1080p', 1_920],
  ])('%s', async (name, durationMs, rung, width) => {
    const facts = await lab.accepted(join(media, 'real', name));
    expect(sourceDurationMs(facts)).toBe(durationMs);
    expect(ladder(facts.video)[0]).toMatchObject({ name: rung, width });
  });

  it('whatever it is called', async () => {
    for (const name of [
      '$(touch PWNED).mp4',
      '-i file.mp4',
      '%d%s%n%03d.mp4',
      '<b onclick=alert(1)>.mp4',
      'no-extension',
    ]) {
      await copyFile(clip, join(lab.folder, name));
      expect(await lab.verdict(join(lab.folder, name))).toBe('accepted');
    }
  });

  it('though it is too large to be read as a whole, and its sound ends long before its pictures', async () => {
    const noise = lavfi('testsrc=size=320x240:rate=10:duration=40,noise=alls=80:allf=t');
    const sound = lavfi('sine=frequency=440:sample_rate=48000:duration=21');
    const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
    const large = await makeClip(lab.folder, 'large.mp4', ...noise, ...sound, ...codecs);
    const { bytes, packetBytes, video, audio } = await lab.accepted(large);
    expect(bytes).toBeGreaterThan(16 * 1024 ** 2);
    expect(packetBytes / bytes).toBeCloseTo(1, 2);
    expect(video).toMatchObject({ startMs: 0, endMs: 40_000, packets: 400 });
    expect(audio?.startMs).toBe(0);
    expect(Math.abs((audio?.endMs ?? 0) - 21_000)).toBeLessThan(25);
  });

  it('though a transport stream jumps in time and begins anew', async () => {
    const part = (name: string, offset: number) =>
      makeClip(
        lab.folder,
        name,
        ...lavfi('testsrc2=size=320x240:rate=25:duration=4'),
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-output_ts_offset', String(offset)],
      );
    const parts = await Promise.all([part('a.ts', 0), part('b.ts', 95_440), part('c.ts', 0)]);
    const whole = await lab.write('jumps.ts', Buffer.concat(await Promise.all(parts.map((path) => readFile(path)))));
    const { video } = await lab.accepted(whole);
    expect(video.endMs).toBeGreaterThan(11_000);
    expect(video.endMs).toBeLessThan(13_000);
  });
});

describe('an upload is refused', () => {
  it('when it is without its index', async () => {
    const whole = await readFile(clip);
    expect(await lab.verdict(await lab.write('cut.mp4', whole.subarray(0, whole.length / 2)))).toBe(
      'source-unreadable',
    );
  });

  it('when it is a half of itself, though its index is whole', async () => {
    const indexed = await makeClip(lab.folder, 'indexed.mp4', '-i', clip, '-c', 'copy', '-movflags', '+faststart');
    const whole = await readFile(indexed);
    expect(await lab.verdict(await lab.write('half.mp4', whole.subarray(0, whole.length / 2)))).toBe(
      'source-incomplete',
    );
  });

  it('when it has a hundred thousand frames a second', async () => {
    const source = lavfi('testsrc2=size=320x240:rate=100000,trim=end_frame=100');
    const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-video_track_timescale', '100000'];
    expect(await lab.verdict(await makeClip(lab.folder, 'fast.mp4', ...source, ...codec))).toBe('source-frame-rate');
  });

  it('when its header claims 136 years', async () => {
    const content = await readFile(clip);
    const mvhd = content.indexOf('mvhd');
    content.writeUInt32BE(1, mvhd + 16);
    content.writeUInt32BE(4_294_967_280, mvhd + 20);
    expect(await lab.verdict(await lab.write('aeons.mp4', content))).toBe('source-duration-mismatch');
  });

  it('with words that hold no path, no address and no control character', async () => {
    const path = await lab.write('noise.mp4', Buffer.from([0, 1, 2, 3, 255, 254, 0, 0, 0, 1, 0x67]));
    await expect(lab.accepted(path)).rejects.toMatchObject({ message: expect.not.stringMatching(/\/|0x|[^\P{Cc}]/u) });
  });
});
