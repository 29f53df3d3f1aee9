import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Makes a small file with ffmpeg out of nothing; gives its absolute path. */
export async function makeClip(folder: string, name: string, ...args: string[]): Promise<string> {
  const path = join(folder, name);
  await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args, path]);
  return path;
}

export const lavfi = (graph: string): string[] => ['-f', 'lavfi', '-i', graph];

/** Moving pictures with a tone, as a camera and a microphone give them. */
export const movingClip = (folder: string, seconds: number, size = '640x360'): Promise<string> =>
  makeClip(
    folder,
    'moving.mp4',
    ...lavfi(`testsrc2=size=${size}:rate=25:duration=${seconds}`),
    ...lavfi(`sine=frequency=440:sample_rate=44100:duration=${seconds}`),
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
  );

/** A picture that changes every seven seconds, as slides do, and silence. */
export const slidesClip = (folder: string, seconds: number): Promise<string> =>
  makeClip(
    folder,
    'slides.mp4',
    ...lavfi(`testsrc=size=640x360:rate=1/7:duration=${seconds},fps=25`),
    ...lavfi(`anullsrc=channel_layout=stereo:sample_rate=48000:duration=${seconds}`),
    ...['-t', String(seconds), '-c:v', 'libx264', '-preset', 'medium', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
  );

export interface ProbedPacket {
  readonly pts: number;
  readonly key: boolean;
}

/** What an independent reader finds in a file's first track of a kind. */
export async function packetsOf(path: string, track: 'v' | 'a'): Promise<ProbedPacket[]> {
  const entries = ['-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0'];
  const { stdout } = await run('ffprobe', ['-v', 'error', '-select_streams', `${track}:0`, ...entries, path]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(','))
    .map(([pts, flags]) => ({ pts: Number(pts), key: flags?.startsWith('K') ?? false }));
}

/** Red, green and blue, 0..255, in the corner of a file's first picture, or so many pixels from it. */
export async function cornerColour(path: string, right = 0, down = 0): Promise<readonly number[]> {
  const corner = [
    '-frames:v',
    '1',
    '-vf',
    `scale=flags=accurate_rnd+full_chroma_int,format=gbrp,crop=1:1:${right}:${down}:exact=1,format=rgb24`,
  ];
  const read = ['-v', 'error', '-i', path, ...corner, '-f', 'rawvideo', '-'];
  const { stdout } = await run('ffmpeg', read, { encoding: 'buffer' });
  return [...stdout];
}
