import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movingClip } from '../../../test/support/recordings.js';
import { eventually } from '../../../test/support/eventually.js';
import { standIn, stuck } from '../../../test/support/stubs.js';
import { Ffmpeg, type EncodeRun, type Plan } from './ffmpeg.js';
import { detectProtections, sandboxSelfTest, type Protections } from './sandbox.js';

let folder: string;
let clip: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-ffmpeg-'));
  clip = await movingClip(folder, 4);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bare: Protections = { isolation: false, limits: false, tether: false };
const limits = { cpuSeconds: 60, memoryBytes: 8 * 1024 ** 3, fileBytes: 64 * 1024 ** 2 };
/** Runs at the speed of the film, again and again: long enough to be interrupted. */
const endless = (out: string): Plan => ({
  inputOptions: ['-stream_loop', '-1', '-re'],
  outputs: [{ options: ['-c:v', 'libx264', '-preset', 'ultrafast', '-f', 'mpegts'], file: `${out}/out.ts` }],
});
const busy = (out: string): Plan => ({
  inputOptions: ['-stream_loop', '-1'],
  outputs: [{ options: ['-c:v', 'libx264', '-preset', 'veryslow', '-f', 'mpegts'], file: `${out}/out.ts` }],
});
const short = (out: string): Plan => ({
  inputOptions: [],
  outputs: [{ options: ['-c', 'copy', '-f', 'mpegts'], file: `${out}/out.ts` }],
});
let runs = 0;
const runIn = async (change: Partial<EncodeRun> = {}): Promise<EncodeRun> => {
  const out = join(folder, `run-${++runs}`);
  await mkdir(out);
  return { source: clip, folder: out, limits, ...change };
};
/** Processes of this machine whose command line names this text. */
const processesWith = async (text: string): Promise<string[]> => {
  const lines = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(lines.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter((command) => command.includes(text));
};

describe.each([
  ['with every protection of this machine', undefined],
  ['with none', bare],
])('ffmpeg %s', (_, protections) => {
  it('ends with its whole group when it is told to stop', async () => {
    const ffmpeg = await Ffmpeg.start(protections);
    const stop = new AbortController();
    const run = await runIn({ signal: stop.signal });
    const ended = ffmpeg.encode(endless, run).catch((error: unknown) => error);
    await eventually('output', async () => ((await readdir(run.folder)).length > 0 ? true : undefined));
    stop.abort(new Error('stop'));
    expect(await ended).toMatchObject({ message: 'stop' });
    await eventually('the end', async () => ((await processesWith(run.folder)).length === 0 ? true : undefined));
  });

  it('says what went wrong in words that fit a screen', async () => {
    const ffmpeg = await Ffmpeg.start(protections);
    const wrong = (out: string): Plan => ({
      inputOptions: [],
      outputs: [{ options: ['-map', '0:7', '-f', 'mpegts'], file: `${out}/x.ts` }],
    });
    await expect(ffmpeg.encode(wrong, await runIn())).rejects.toMatchObject({
      code: 'encode-failed',
      message: expect.stringMatching(/^[^\p{Cc}]{1,600}$/u),
    });
  });
});

describe('ffmpeg that gets stuck', () => {
  const mark = 86_000 + process.pid / 1e7;

  it('and does not listen is killed with its whole group; the next run is none the worse for it', async () => {
    const ffmpeg = await Ffmpeg.start(bare, { stallMs: 300, graceMs: 200 });
    const { remove } = await standIn('ffmpeg', stuck(mark));
    const run = ffmpeg.encode(endless, await runIn());
    await expect(run.finally(remove)).rejects.toMatchObject({ code: 'encode-stalled' });
    expect(await processesWith(String(mark))).toEqual([]);
    await expect(ffmpeg.encode(short, await runIn())).resolves.toEqual(expect.any(Number));
  });

  it('is given the time that it needs to show nothing', async () => {
    const ffmpeg = await Ffmpeg.start(bare, { stallMs: 100, graceMs: 200 });
    const late = 'sleep 0.6; exec /usr/bin/ffmpeg "$@"';
    const { remove } = await standIn('ffmpeg', late);
    const run = await runIn({ quietMs: 30_000 });
    await expect(ffmpeg.encode(short, run).finally(remove)).resolves.toEqual(expect.any(Number));
  });

  it('does not pass for busy because it says again and again that it has done nothing', async () => {
    const ffmpeg = await Ffmpeg.start(bare, { stallMs: 300, graceMs: 200 });
    const chatter = 'while :; do echo frame=0; echo out_time_us=N/A; echo total_size=N/A; sleep 0.05; done';
    const { remove } = await standIn('ffmpeg', chatter);
    const run = ffmpeg.encode(endless, await runIn());
    await expect(run.finally(remove)).rejects.toMatchObject({ code: 'encode-stalled' });
  });
});

describe('the sandbox', () => {
  it('has all its walls where bubblewrap, prlimit and setpriv are', async () => {
    expect(await sandboxSelfTest()).toEqual({ active: await detectProtections(), missing: [] });
  });

  it('ends a run that uses more CPU than it was given', async () => {
    const ffmpeg = await Ffmpeg.start();
    const run = await runIn({ limits: { ...limits, cpuSeconds: 1 } });
    await expect(ffmpeg.encode(busy, run)).rejects.toMatchObject({ code: 'encode-limit' });
  });

  it('ends a run that writes a larger file than it may', async () => {
    const ffmpeg = await Ffmpeg.start();
    const run = await runIn({ limits: { ...limits, fileBytes: 100_000 } });
    await expect(ffmpeg.encode(busy, run)).rejects.toMatchObject({ code: 'encode-limit' });
  });

  it('shows a run nothing but its own source and folder', async () => {
    const ffmpeg = await Ffmpeg.start();
    const prying = (out: string): Plan => ({
      inputOptions: ['-f', 'mov', '-i', `file:${clip}`],
      outputs: [{ options: ['-f', 'mpegts'], file: `${out}/x.ts` }],
    });
    await expect(ffmpeg.encode(prying, await runIn())).rejects.toMatchObject({
      message: expect.stringContaining('No such file'),
    });
  });
});
