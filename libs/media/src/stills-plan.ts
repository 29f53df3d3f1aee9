import { displaySize, segmentMs, sourceDurationMs, type AcceptedFacts, type VideoFacts } from '#libs/domain';
import type { Plan } from './ffmpeg.js';
import { colours, turns } from './picture-filters.js';

/** Between two thumbnails of the seek bar. */
export const tileMs = 10_000;
/** A sheet is some 50 KB: a slow link has it in a second, and an hour takes fifteen of them. */
const columns = 5;
const rows = 5;
export const tilesPerSheet = columns * rows;

/** How far into the lecture a poster is looked for, in seconds. */
const posterReach = 600;
const tileSide = 90;
const posterSide = 360;

/**
 * Key frames that are no further apart than this make thumbnails by themselves. Of those between two lines of the grid
 * the facts know the last one only.
 */
const denseMs = 12_000 + segmentMs;

/** A poster's file name carries its time in milliseconds, `poster-20000.jpg`; sheets are counted, `sheet-0.jpg`. */
export const stillName = /^(sheet|poster)-(\d+)\.jpg$/;

/** The size of one thumbnail on its sheet. */
export const tileSize = (video: VideoFacts): Size => sizeOf(video, tileSide);

/**
 * Small pictures in one cheap pass: sheets of thumbnails at even times, and candidates for the poster from the first ten
 * minutes.
 *
 * Where key frames are dense only they are decoded. Where they are not, or where nobody knows, all that others refer to
 * is: two fifths of the work of decoding everything.
 */
export function stillsPlan(facts: AcceptedFacts): (folder: string) => Plan {
  const { video } = facts;
  const tiles = Math.max(1, Math.ceil(sourceDurationMs(facts) / tileMs));
  const even = `fps=1000/${tileMs}:start_time=0:round=near:eof_action=pass,tpad=stop_mode=clone:stop=-1,trim=end_frame=${tiles}`;
  const spaced = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${tileMs / 1000})'`;
  return (folder) => ({
    inputOptions: [
      ...['-noautorotate', '-reinit_filter', '0', '-skip_frame', isDense(video) ? 'nokey' : 'noref'],
      // Frames are too few for threads to pay. Some decoders call a skipped frame an error.
      ...['-threads', '1', '-skip_loop_filter', 'nokey', '-max_error_rate', '1'],
    ],
    filters: [
      `[0:${video.index}]scale=${video.width}:${video.height},split[a][b]`,
      `[a]${even},${still(video, tileSide)},tile=${columns}x${rows}[sheets]`,
      `[b]trim=end=${posterReach},settb=1/1000,${spaced},${still(video, posterSide)}[posters]`,
    ].join(';'),
    outputs: [
      { options: ['-map', '[sheets]', ...jpeg, '-start_number', '0'], file: `${folder}/sheet-%d.jpg` },
      { options: ['-map', '[posters]', ...jpeg, '-frame_pts', '1'], file: `${folder}/poster-%d.jpg` },
    ],
  });
}

/** Whether there is a key frame for every thumbnail. */
function isDense({ seekPointsMs, endMs }: VideoFacts): boolean {
  const gaps = seekPointsMs.map((pointMs, at) => (seekPointsMs[at + 1] ?? endMs) - pointMs);
  return Math.max(seekPointsMs[0] ?? Infinity, ...gaps) <= denseMs;
}

/** An upright picture whose shorter side is at most so long; of an interlaced one a single field, so that nothing combs. */
const still = (video: VideoFacts, side: number): string =>
  [
    ...(video.interlaced ? ['field=top'] : []),
    ...turns[video.rotation],
    ...colours(video, sizeOf(video, side)),
    ...jpegColours,
    'setsar=1',
  ].join(',');

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf(video: VideoFacts, side: number): Size {
  const { width, height } = displaySize(video);
  const scale = Math.min(1, side / Math.min(width, height));
  const even = (pixels: number): number => Math.max(2, Math.round((pixels * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** JFIF knows one kind of colours: BT.601 over the full range. */
const jpegColours = ['scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc', 'format=yuvj420p'];

const jpeg = [
  ...['-fps_mode', 'passthrough', '-enc_time_base', '1:1000', '-c:v', 'mjpeg', '-q:v', '5'],
  ...['-f', 'image2', '-map_metadata', '-1'],
];
