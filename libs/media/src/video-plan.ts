import { seekPointFor, segmentMs, type AcceptedFacts, type Ratio, type Rung } from '#libs/domain';
import type { Plan } from './ffmpeg.js';
import { gridHair, isUneven, type Stretch } from './frame-grid.js';
import { seekTarget } from './seek-points.js';
import { pictureFilters } from './picture-filters.js';

/** What ffmpeg calls its own playlist; nobody reads it, the segments themselves are measured. */
export const playlistFile = 'index.m3u8';

/**
 * A key frame on every line of the grid and nowhere else: all renditions are cut at the same frames. ffmpeg counts `t`
 * from the first frame.
 */
const onTheGrid = ({ num, den }: Ratio, { fromMs, firstFrame }: Stretch): string =>
  `expr:gte(t+${firstFrame}*${den}/${num},(n_forced+${fromMs / segmentMs})*${segmentMs / 1000}-${gridHair})`;

const x264 = ({ num, den }: Ratio, keyFrames: string): string[] => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  ...['-sc_threshold', '0', '-g', '100000', '-force_key_frames', keyFrames, '-forced-idr', '1', '-flags', '+cgop'],
  ...['-fps_mode', 'passthrough', '-enc_time_base', `${den}/${num}`],
];

/**
 * Clean CMAF whose tracks start at 0 (STANDARDS 1.3). A file has its name when it is whole.
 *
 * @param cutMs cut at the first key frame after so long.
 */
export const cmaf = (cutMs: number): string[] => [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-f', 'hls', '-hls_time', String(cutMs / 1000)],
  ...['-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4', '-hls_flags', '+temp_file'],
  ...['-hls_segment_options', 'movflags=+cmaf+negative_cts_offsets', '-hls_fmp4_init_filename', 'init.mp4'],
];

/**
 * One chunk in all renditions with one decode: each rung is scaled from the one above it. Rendition `i` is written to
 * the folder `i`, in the order of the rungs.
 */
export function videoPlan(
  facts: AcceptedFacts,
  rungs: readonly [Rung, ...Rung[]],
  stretch: Stretch,
): (folder: string) => Plan {
  const { video } = facts;
  return (folder) => ({
    // Filters cut into slices for every core cost 6 % more, and take longer: the encoders keep the cores busy as it is.
    inputOptions: ['-filter_complex_threads', '1', '-noautorotate', '-reinit_filter', '0', ...seek(facts, stretch)],
    filters: `[0:${video.index}]${pictureFilters(video, rungs[0], stretch)}${cascade(rungs)}`,
    outputs: [
      {
        options: [
          ...rungs.flatMap(streamOptions),
          ...x264(video.frameRate, onTheGrid(video.frameRate, stretch)),
          ...(isUneven(video) ? [...unevenPictures, ...wideSearch(rungs)] : []),
          // At every key frame: they are on the grid, and a chunk may begin a little late on it.
          ...cmaf(segmentMs / 4),
          ...variants(rungs),
          ...segmentNames(folder),
        ],
        file: `${folder}/%v/${playlistFile}`,
      },
    ],
  });
}

/** A deinterlacer looks at the pictures before. */
const interlacedLeadMs = 200;
/** From the key frame on, all pictures on the clock of the edition; the filters know which is the first. */
function seek({ format, video }: AcceptedFacts, { fromMs }: Stretch): string[] {
  const latestMs = fromMs - (video.interlaced ? interlacedLeadMs : 0);
  const point = seekPointFor(latestMs, video.seekPointsMs);
  if (fromMs === 0 || point === undefined) return [];
  return [
    '-copyts',
    '-start_at_zero',
    '-noaccurate_seek',
    '-ss',
    (seekTarget(format, point, latestMs) / 1000).toFixed(3),
  ];
}

/**
 * Between pictures a second apart, B-frames would set decoding a second ahead of showing, and still content gains nothing
 * by them: without them both clocks are one. Each picture is told to last until the next, or the muxer would let the last
 * one of a segment last one frame and begin the next segment too early.
 */
const unevenPictures = [...['-bf', '0', '-bsf:v', 'setts=duration=if(eq(NEXT_PTS\\,NOPTS)\\,DURATION\\,NEXT_PTS-PTS)']];

/**
 * A screen scrolls far at once and shows again what it showed before: a wide search in two pictures finds it, and
 * saves a fifth of the bytes. Coarser parts of a pixel pay for the search in large renditions, where text moves by
 * whole ones.
 */
const wideSearch = (rungs: readonly Rung[]): string[] => [
  ...['-me_method', 'umh', '-me_range', '24', '-refs', '2'],
  ...rungs.flatMap(({ height }, index) => (height < 480 ? [] : [`-subq:v:${index}`, '1'])),
];

/** `…,split[v0][s1];[s1]scale=…,split[v1][s2];…[v4]` */
function cascade(rungs: readonly Rung[]): string {
  const lastIndex = rungs.length - 1;
  return rungs
    .map(({ width, height }, index) => {
      const from = index === 0 ? ',' : `[s${index}]scale=${width}:${height},setsar=1,`;
      return index === lastIndex ? `${from}null[v${index}]` : `${from}split[v${index}][s${index + 1}]`;
    })
    .join(';');
}

const streamOptions = ({ maxBps, crf }: Rung, index: number): string[] => [
  ...['-map', `[v${index}]`, `-crf:v:${index}`, String(crf)],
  ...[`-maxrate:v:${index}`, String(maxBps), `-bufsize:v:${index}`, String(2 * maxBps)],
];

const variants = (rungs: readonly Rung[]): string[] => [
  '-var_stream_map',
  rungs.map((_, index) => `v:${index}`).join(' '),
];

const segmentNames = (folder: string): string[] => ['-hls_segment_filename', `${folder}/%v/%d.m4s`];
