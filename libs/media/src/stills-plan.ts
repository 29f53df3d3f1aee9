import { displaySize, type SourceFacts, type VideoFacts } from '#libs/domain';
import type { Plan } from './ffmpeg.js';
import { colours, turns } from './picture-filters.js';

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
    const size = { width: even(width * scale), height: even(height * scale) };
    return [...colours(video, size), ...jpegColours, 'setsar=1'].join(',');
  };
  const spaced = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${thumbnailGap})'`;
  const upright = [`scale=${video.width}:${video.height}`, 'settb=1/1000', spaced, ...turns[video.rotation]].join(',');
  return (folder) => ({
    // Some decoders call a skipped frame an error.
    inputOptions: ['-noautorotate', '-reinit_filter', '0', '-skip_frame', 'nokey', '-max_error_rate', '1'],
    filters: [
      `[0:${video.index}]${upright},split[a][b]`,
      `[a]${sized(thumbnailSide)}[thumbnails]`,
      `[b]trim=end=${posterReach},${sized(posterSide)}[posters]`,
    ].join(';'),
    outputs: [
      { options: ['-map', '[thumbnails]', ...jpeg], file: `${folder}/thumbnail-%d.jpg` },
      { options: ['-map', '[posters]', ...jpeg], file: `${folder}/poster-%d.jpg` },
    ],
  });
}

/** JFIF knows one kind of colours: BT.601 over the full range. */
const jpegColours = ['scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc', 'format=yuvj420p'];

const jpeg = [
  ...['-fps_mode', 'passthrough', '-enc_time_base', '1:1000', '-c:v', 'mjpeg', '-q:v', '5'],
  ...['-f', 'image2', '-frame_pts', '1', '-map_metadata', '-1'],
];

const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2);
