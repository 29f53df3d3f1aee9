import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SAMPLE_RATE = 48_000;

/** A struck tone every second, for ffmpeg's generator. */
export const clickTrack = 'aevalsrc=0.5*sin(2*PI*1500*t)*exp(-150*mod(t+0.5\\,1)):s=48000';

/** What is heard of a file's sound, at 48 kHz, from the file's first moment on, as an independent reader decodes it. */
export async function samplesOf(path: string): Promise<Float32Array> {
  const chain = `aformat=channel_layouts=mono,aresample=${SAMPLE_RATE}:async=1:first_pts=0`;
  const options = { encoding: 'buffer', maxBuffer: 2 ** 30 } as const;
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-vn', '-af', chain, '-f', 'f32le', '-'], options);
  return new Float32Array(stdout.buffer, stdout.byteOffset, stdout.byteLength >> 2);
}

/** Integrated loudness (LUFS) and true peak (dBTP) of a file's sound, as ffmpeg's own meter reads them. */
export async function loudnessOf(path: string): Promise<{ lufs: number; truePeak: number }> {
  const meter = ['-nostdin', '-i', path, '-vn', '-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-'];
  const { stderr } = await run('ffmpeg', meter);
  const [, lufs] = /I: +(-?[\d.]+) LUFS/.exec(stderr) ?? [];
  const [, truePeak] = /Peak: +(-?[\d.]+) dBFS/.exec(stderr) ?? [];
  return { lufs: Number(lufs), truePeak: Number(truePeak) };
}

/** When the loudest moment of the second after this one begins. */
export function loudestAfter(sound: Float32Array, seconds: number): number {
  const from = Math.round(seconds * SAMPLE_RATE);
  const second = sound.subarray(from, from + SAMPLE_RATE);
  const loudest = second.reduce((best, value, at) => (Math.abs(value) > Math.abs(second[best] ?? 0) ? at : best), 0);
  return (from + loudest) / SAMPLE_RATE - 0.002;
}

/** By how many samples `sound` is later than `reference` around a moment, where the two are most alike. */
export function lagAt(sound: Float32Array, reference: Float32Array, seconds: number): number {
  const from = Math.round(seconds * SAMPLE_RATE);
  const template = reference.subarray(from, from + LENGTH);
  let best = { lag: NaN, likeness: -Infinity };
  for (let lag = -REACH; lag <= REACH; lag++) {
    let likeness = 0;
    for (let at = 0; at < LENGTH; at++) likeness += (template[at] ?? 0) * (sound[from + lag + at] ?? 0);
    if (likeness > best.likeness) best = { lag, likeness };
  }
  return best.lag;
}

/** 10 ms of sound are compared, up to 40 ms away. */
const LENGTH = 480;
const REACH = 1_920;
