import { displaySize, type SourceFacts, type VideoFacts } from '#libs/domain';
import type { Plan } from './ffmpeg.js';

/** Seconds between two thumbnails of the seek bar. */
const thumbnailGap = 10;
/** How far into the lecture a poster is looked for, in seconds. */
const posterReach = 600;
const thumbnailSide = 90;
const posterSide = 360;

/** The file names of stills carry their time in milliseconds: `thumbnail-20000.jpg`. */
export const stillName = /^(thumbnail|poster)-(\d+)\.jpg$/;

/**
 * Small pictures in one cheap pass: only the source's key frames are decoded. Candidates for the poster come from the
 * first ten minutes.
 */
export function stillsPlan({ video }: SourceFacts & { readonly video: VideoFacts }): (folder: string) => Plan {
  const { width, height } = displaySize(video);
  const sized = (side: number): string => {
    const scale = Math.min(1, side / Math.min(width, height));
    return `scale=${even(width * scale)}:${even(height * scale)}:out_range=pc,setsar=1,format=yuvj420p`;
  };
  const spaced = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${thumbnailGap})'`;
  const upright = { 0: 'null', 90: 'transpose=clock', 180: 'hflip,vflip', 270: 'transpose=cclock' }[video.rotation];
  return (folder) => ({
    // Some decoders call a skipped frame an error.
    inputOptions: ['-noautorotate', '-reinit_filter', '0', '-skip_frame', 'nokey', '-max_error_rate', '1'],
    filters: [
      `[0:${video.index}]scale=${video.width}:${video.height},settb=1/1000,${spaced},${upright},split[a][b]`,
      `[a]${sized(thumbnailSide)}[thumbnails]`,
      `[b]trim=end=${posterReach},${sized(posterSide)}[posters]`,
    ].join(';'),
    outputs: [
      { options: ['-map', '[thumbnails]', ...jpeg], file: `${folder}/thumbnail-%d.jpg` },
      { options: ['-map', '[posters]', ...jpeg], file: `${folder}/poster-%d.jpg` },
    ],
  });
}

const jpeg = [
  '-fps_mode',
  'passthrough',
  '-enc_time_base',
  '1:1000',
  '-c:v',
  'mjpeg',
  '-q:v',
  '5',
  '-f',
  'image2',
].concat([...['-frame_pts', '1', '-map_metadata', '-1']]);

const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);
