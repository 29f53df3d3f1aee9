import { segmentMs, type Chunk, type Rung, type SourceFacts, type VideoFacts } from '#libs/domain';
import type { Plan } from './ffmpeg.js';
import { isDecimated, pictureFilters } from './picture-filters.js';

/** The names of the files that a plan writes, which `readRendition` reads. */
export const playlistFile = 'index.m3u8';

/** A key frame on every line of the grid and nowhere else: all renditions are cut at the same frames. */
const onTheGrid = `expr:gte(t,n_forced*${segmentMs / 1000}-0.001)`;

const x264 = [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  ...['-sc_threshold', '0', '-g', '100000', '-force_key_frames', onTheGrid, '-forced-idr', '1', '-flags', '+cgop'],
  ...['-fps_mode', 'passthrough', '-enc_time_base', '-1'],
];

/** Clean CMAF whose tracks start at 0 (STANDARDS 1.3). */
export const cmaf = [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-f', 'hls', '-hls_time', String(segmentMs / 1000)],
  ...['-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
  ...['-hls_segment_options', 'movflags=+cmaf+negative_cts_offsets', '-hls_fmp4_init_filename', 'init.mp4'],
];

/**
 * One chunk in all renditions with one decode: each rung is scaled from the one above it. Rendition `i` is written to
 * the folder `i`, in the order of the rungs.
 */
export function videoPlan(
  { video }: SourceFacts & { readonly video: VideoFacts },
  rungs: readonly [Rung, ...Rung[]],
  chunk: Chunk,
): (folder: string) => Plan {
  return (folder) => ({
    inputOptions: ['-noautorotate', '-reinit_filter', '0'],
    filters: `[0:${video.index}]${pictureFilters(video, rungs[0], chunk)}${cascade(rungs)}`,
    outputs: [
      {
        options: [
          ...rungs.flatMap(streamOptions),
          ...x264,
          ...(isDecimated(video) ? unevenPictures : []),
          ...cmaf,
          ...variants(rungs),
          ...segmentNames(folder),
        ],
        file: `${folder}/%v/${playlistFile}`,
      },
    ],
  });
}

/**
 * Between pictures a second apart, B-frames would set decoding a second ahead of showing, and still content gains nothing
 * by them: without them both clocks are one. Each picture is told to last until the next, or the muxer would let the last
 * one of a segment last one frame and begin the next segment too early.
 */
const unevenPictures = [...['-bf', '0', '-bsf:v', 'setts=duration=if(eq(NEXT_PTS\\,NOPTS)\\,DURATION\\,NEXT_PTS-PTS)']];

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

const streamOptions = ({ maxBps }: Rung, index: number): string[] => [
  ...['-map', `[v${index}]`],
  ...[`-maxrate:v:${index}`, String(maxBps), `-bufsize:v:${index}`, String(2 * maxBps)],
];

const variants = (rungs: readonly Rung[]): string[] => [
  '-var_stream_map',
  rungs.map((_, index) => `v:${index}`).join(' '),
];

const segmentNames = (folder: string): string[] => ['-hls_segment_filename', `${folder}/%v/%d.m4s`];
