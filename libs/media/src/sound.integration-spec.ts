import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { Lab } from '../../../test/support/lab.js';
import { lavfi, makeClip } from '../../../test/support/recordings.js';
import { clickTrack, lagAt, loudestAfter, loudnessOf, samplesOf } from '../../../test/support/sound.js';
import { encodeAudio } from './index.js';

const media = join(import.meta.dirname, '../../../test/media');
let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

let runs = 0;
/** The encoded sound of a source, as one file that any reader plays. */
const heard = async (source: string) => {
  const facts = await lab.accepted(source);
  if (!facts.audio) throw new Error('no sound');
  const place = join(lab.folder, `sound-${++runs}`);
  const { renditions } = await encodeAudio(lab.ffmpeg, facts.audio, { source, facts, folder: place });
  return lab.joined(...renditions);
};
const picture = (seconds: number) => lavfi(`testsrc2=size=160x90:rate=10:duration=${seconds}`);
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '20'];
const clip = (name: string, sound: string, seconds: number, ...codec: string[]) =>
  makeClip(lab.folder, name, ...picture(seconds), ...lavfi(sound), '-t', String(seconds), ...x264, ...codec);
const fiveOne = ['-af', 'pan=5.1|FC=c0'];

describe('sound', () => {
  it('is handed out piece by piece while it is encoded, each once and in order', async () => {
    const seconds = 600;
    const source = await clip('long.mkv', 'sine=frequency=440:sample_rate=48000', seconds, '-c:a', 'pcm_s16le');
    const facts = await lab.accepted(source);
    if (!facts.audio) throw new Error('no sound');
    const handed: number[][] = [];
    const onPieces = (renditions: readonly { segments: readonly { index: number }[] }[]): Promise<void> => {
      handed.push(renditions.flatMap(({ segments }) => segments.map(({ index }) => index)));
      return Promise.resolve();
    };
    const encode = { source, facts, folder: join(lab.folder, 'pieces'), onPieces };
    const { renditions } = await encodeAudio(lab.ffmpeg, facts.audio, encode);
    const all = renditions.flatMap(({ segments }) => segments.map(({ index }) => index));
    expect(all).toEqual(Array.from({ length: seconds / 4 }, (_, at) => at));
    expect(handed.flat()).toEqual(all);
    expect(handed.length).toBeGreaterThan(1);
  });
});

describe('a click is heard when the source has it', () => {
  let clicks: string;
  let track: Float32Array;
  beforeAll(async () => {
    clicks = await clip('clicks.mp4', clickTrack, 5, '-c:a', 'aac');
    track = await samplesOf(await makeClip(lab.folder, 'clicks.wav', ...lavfi(clickTrack), '-t', '5'));
  });
  /** By how many samples each of three clicks is late, or early. */
  const lags = (sound: Float32Array, reference: Float32Array) =>
    [0.9, 1.9, 2.9].map((seconds) => lagAt(sound, reference, loudestAfter(reference, seconds)));

  it.each([
    ['AAC', 'aac.mp4', ['-c:a', 'aac']],
    ['AAC at 44.1 kHz', 'aac44.mp4', ['-c:a', 'aac', '-ar', '44100']],
    ['AAC in 5.1', 'aac51.mp4', [...fiveOne, '-c:a', 'aac', '-b:a', '256k']],
    ['MP3', 'mp3.mp4', ['-c:a', 'libmp3lame', '-b:a', '128k']],
    ['8 kHz mono', 'pcm.mkv', ['-c:a', 'pcm_s16le', '-ar', '8000', '-ac', '1']],
  ])('in a container that tells the delay of its encoder: %s', async (_, name, codec) => {
    const made = await samplesOf(await heard(await clip(name, clickTrack, 5, ...codec)));
    for (const lag of lags(made, track)) expect(Math.abs(lag)).toBeLessThanOrEqual(1);
  });

  const late = (input: number, ...sources: string[]) => [...sources, '-map', '0:v', '-map', `${input}:a`, '-c', 'copy'];
  it.each([
    ['Opus', 'opus.mkv', (from: string) => ['-i', from, '-c:v', 'copy', '-c:a', 'libopus']],
    ['AC-3 in 5.1', 'ac3.mkv', (from: string) => ['-i', from, '-c:v', 'copy', ...fiveOne, '-c:a', 'ac3']],
    ['MP3 that does not tell its delay', 'mp3.avi', (from: string) => ['-i', from, '-c:v', 'copy', '-c:a', 'mp3']],
    ['AAC in a transport stream', 'aac.ts', (from: string) => ['-i', from, '-c', 'copy']],
    ['sound that starts late', 'late.mp4', (from: string) => late(1, '-i', from, '-itsoffset', '1.2345', '-i', from)],
    ['pictures that start late', 'early.mp4', (from: string) => late(1, '-itsoffset', '0.7', '-i', from, '-i', from)],
    ['a beginning that an edit list hides', 'cut.mp4', (from: string) => ['-ss', '1.3', '-i', from, '-c', 'copy']],
  ])('where any reader finds it in %s', async (_, name, args) => {
    const source = await makeClip(lab.folder, name, ...args(clicks));
    const [made, original] = [await samplesOf(await heard(source)), await samplesOf(source)];
    expect(lags(made, original)).toEqual([0, 0, 0]);
  });
});

describe('sound comes to -18 LUFS, and its true peak stays under -1 dBTP', () => {
  const aac = ['-c:a', 'aac', '-b:a', '192k'];
  /** Noise that comes and goes as words do. */
  const words = (level: string, seconds = 20) =>
    `anoisesrc=color=pink:sample_rate=48000:duration=${seconds}:seed=1,volume='(0.2+gt(sin(9*t),0))*${level}':eval=frame`;

  it.each(['arrays-zh-720p30.mp4', 'streaming-en-1080p25.mp4', 'classroom-en-720p25.mp4'])(
    'in %s',
    async (name) => expectEven(await heard(join(media, name))),
    60_000,
  );

  it.each([
    ['quiet', 'quiet.mp4', () => [...lavfi(words('0.12')), ...aac]],
    ['far too loud', 'loud.mp4', () => [...lavfi(words('4')), ...aac]],
    ['in 5.1', 'surround.mp4', () => [...lavfi(words('0.1')), ...fiveOne, ...aac]],
    [
      'in one channel at 8 kHz',
      'phone.mkv',
      () => ['-i', join(media, 'real/speech-audio-only-8k-mono.mp4'), '-c:a', 'copy'],
    ],
    ['late, and ends early', 'late.mkv', () => ['-itsoffset', '6', ...lavfi(words('0.1', 8)), ...aac]],
  ])('when it is %s', async (_, name, sound) => {
    const source = await makeClip(lab.folder, name, ...picture(20), ...sound(), ...x264, '-map', '0:v', '-map', '1:a');
    await expectEven(await heard(source));
  });

  it('but silence stays silent', async () => {
    const { lufs } = await loudnessOf(await heard(await clip('silence.mp4', 'anullsrc', 5, ...aac)));
    expect(lufs).toBe(-70);
  });

  const expectEven = async (path: string) => {
    const { lufs, truePeak } = await loudnessOf(path);
    expect(Math.abs(lufs + 18)).toBeLessThanOrEqual(1);
    expect(truePeak).toBeLessThanOrEqual(-1);
  };
});
