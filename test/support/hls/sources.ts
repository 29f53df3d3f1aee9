import { lavfi, makeClip } from '../recordings.js';

/** Two segments. */
const SECONDS = 6;

const moving = (rate: string, size = '640x360'): string[] =>
  lavfi(`testsrc2=size=${size}:rate=${rate}:duration=${SECONDS}`);
const tone = lavfi(`sine=frequency=440:sample_rate=48000:duration=${SECONDS}`);
const avc = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
/** Slides every 3 s, and a recorder that writes a picture when it feels like it. */
const uneven = `testsrc=size=640x360:rate=1/3:duration=${SECONDS},fps=30,select='not(mod(n,11))+not(mod(n,17))'`;

/** What a lecture may be made of, by what is special about it: each makes its file in a folder. */
export const sources: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  'of 60 pictures a second': (folder) => makeClip(folder, '60.mp4', ...moving('60'), ...tone, ...avc),
  'of 29.97 pictures a second': (folder) => makeClip(folder, '2997.mp4', ...moving('30000/1001'), ...tone, ...avc),
  'of slides at uneven times': (folder) =>
    makeClip(folder, 'uneven.mkv', ...lavfi(uneven), ...tone, '-fps_mode', 'vfr', ...avc),
  'of an interlaced camera': (folder) =>
    makeClip(
      folder,
      'interlaced.ts',
      ...[...moving('50', '720x576'), ...tone, '-vf', 'tinterlace=interleave_top,setfield=tff,setdar=16/9'],
      ...['-c:v', 'mpeg2video', '-b:v', '4M', '-flags', '+ildct+ilme', '-c:a', 'mp2'],
    ),
  'without sound': (folder) => makeClip(folder, 'silent.mp4', ...moving('25'), ...avc),
  'with sound of 5.1': (folder) =>
    makeClip(
      folder,
      'surround.mkv',
      ...moving('25'),
      ...tone,
      '-af',
      'pan=5.1|c0=c0|c1=c0|c2=c0',
      ...avc,
      '-c:a',
      'ac3',
    ),
  /** People at a wall; long enough to be encoded in two chunks. */
  'with captions': (folder) =>
    makeClip(
      folder,
      'classroom.mp4',
      ...['-i', 'test/media/classroom-en-720p25.mp4', '-t', '18', '-vf', 'scale=-2:480'],
      ...[...avc, '-g', '50', '-c:a', 'copy'],
    ),
};
