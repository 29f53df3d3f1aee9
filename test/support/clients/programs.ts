import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;
const MAX_BUFFER = 64 * 1024 ** 2;

/** What a client got out of a lecture by playing it to its end. */
export interface Heard {
  readonly frames: number;
  readonly soundSeconds: number;
}

/** Every picture as a stamp of 16 × 16 grey pixels, every sound as 16 bits. */
const STAMP_BYTES = 16 * 16;
const BYTES_PER_SECOND = 2 * 48_000;

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-client-'));
  return work(folder).finally(() => rm(folder, { recursive: true, force: true }));
}

const measured = async (pictures: string, sound: string): Promise<Heard> => ({
  frames: (await stat(pictures)).size / STAMP_BYTES,
  soundSeconds: (await stat(sound)).size / BYTES_PER_SECOND,
});

/** @throws what ffmpeg says when it cannot play */
export const playInFfmpeg = (url: string): Promise<Heard> =>
  inFolder(async (folder) => {
    const [pictures, sound] = [join(folder, 'pictures'), join(folder, 'sound')];
    await run('ffmpeg', [
      ...['-v', 'error', '-xerror', '-nostdin', '-i', url],
      ...['-map', '0:v:0', '-fps_mode', 'passthrough', '-vf', 'scale=16:16,format=gray', '-f', 'rawvideo', pictures],
      ...['-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 's16le', sound],
    ]);
    return measured(pictures, sound);
  });

/** GStreamer has two demuxers of HLS, each in a player of its own generation. */
const gstreamers = {
  hlsdemux: { player: 'playbin', other: 'hlsdemux2', type: 'GstHLSDemux:' },
  hlsdemux2: { player: 'playbin3', other: 'hlsdemux', type: 'GstHLSDemux2:' },
} as const;

const stamps = 'videoconvert ! videoscale ! video/x-raw,format=GRAY8,width=16,height=16';
const samples = 'audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=48000,channels=1';

/** @throws {Error} what GStreamer says when it cannot play, or that another element than the one asked for has played */
export const playInGstreamer = (url: string, demuxer: keyof typeof gstreamers): Promise<Heard> =>
  inFolder(async (folder) => {
    const { player, other, type } = gstreamers[demuxer];
    const [pictures, sound] = [join(folder, 'pictures'), join(folder, 'sound')];
    const sinks = [
      `video-sink=${stamps} ! filesink location=${pictures}`,
      `audio-sink=${samples} ! filesink location=${sound}`,
      'text-sink=fakesink',
    ];
    const { stdout } = await run('gst-launch-1.0', ['-v', player, `uri=${url}`, ...sinks], {
      env: { ...process.env, GST_PLUGIN_FEATURE_RANK: `${demuxer}:MAX,${other}:NONE` },
      timeout: TIMEOUT_MS,
      maxBuffer: MAX_BUFFER,
    });
    if (!stdout.includes(type)) throw new Error(`${demuxer} did not play`);
    return measured(pictures, sound);
  });

const AAC_FRAME_SECONDS = 1024 / 48_000;

/**
 * VLC hands on what it has fetched and taken apart, as fast as it comes: its own ways of writing files lose some of the
 * last pictures, so each track is written as it is.
 */
export const playInVlc = (url: string): Promise<Heard> =>
  inFolder(async (folder) => {
    const packetsOf = async (track: 'video' | 'audio', format: 'dummy' | 'ogg'): Promise<number> => {
      const file = join(folder, track);
      await writeFile(file, await vlc(url, `access-${track}=file,mux-${track}=${format},dst-${track}=-`));
      const count = ['-count_packets', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0'];
      return Number.parseInt((await run('ffprobe', ['-v', 'fatal', ...count, file])).stdout);
    };
    const frames = await packetsOf('video', 'dummy');
    return { frames, soundSeconds: (await packetsOf('audio', 'ogg')) * AAC_FRAME_SECONDS };
  });

/** One track goes to standard output, the other nowhere; captions would sometimes wedge both. VLC refuses to be root. */
async function vlc(url: string, track: string): Promise<Buffer> {
  const nowhere = track.startsWith('access-video') ? 'audio' : 'video';
  const chain = `#es{${track},access-${nowhere}=dummy,mux-${nowhere}=dummy,dst-${nowhere}=x}`;
  const play = ['cvlc', '--quiet', '--no-interact', '--no-sout-spu', '--play-and-exit', url, '--sout', chain];
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--'];
  const [program = '', ...args] = process.getuid?.() === 0 ? ['setpriv', ...nobody, ...play] : play;
  const options = { timeout: TIMEOUT_MS, maxBuffer: MAX_BUFFER, encoding: 'buffer' } as const;
  return (await run(program, args, options)).stdout;
}
