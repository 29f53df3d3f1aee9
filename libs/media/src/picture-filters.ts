import { segmentMs, toleratedMs, type Ratio, type Rung, type VideoFacts } from '#libs/domain';
import { gridHair, startOfGrid, type Stretch } from './frame-grid.js';

/** Rows under the picture that carry the mark, and are cut off again. */
const markRows = 16;
/** mpdecimate's idea of a repeated frame: SAD of an 8×8 block, and the share of blocks that may differ a little. */
const sameFrame = 'hi=200:lo=100:frac=0.02';

/**
 * Everything between the decoder and the first rendition: upright pictures in the colours and size of the top rung, at a
 * steady rate, from the first frame of a stretch to its last, on the clock of the edition.
 *
 * Scaling to the coded size comes first and is free: it shields the filters that trust a track to keep its size from
 * one that does not (with `-reinit_filter 0` the graph and its clock live on).
 */
export function pictureFilters(video: VideoFacts, top: Rung, stretch: Stretch): string {
  const { frameRate } = video;
  const grid = startOfGrid(frameRate, stretch);
  return [
    `scale=${video.width}:${video.height}`,
    ...(video.interlaced ? ['bwdif=mode=send_frame'] : []),
    ...turns[video.rotation],
    `fps=${frameRate.num}/${frameRate.den}:start_time=${grid.seconds}`,
    ...(stretch.last ? [lastPictureStays(video, stretch)] : []),
    `trim=start_frame=${stretch.firstFrame - grid.frames}:end_frame=${stretch.endFrame - grid.frames}`,
    ...colours(video, top),
    'setsar=1',
    ...(stretch.decimated ? decimation(frameRate, stretch) : []),
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
  ].join(',');
}

/** The last picture stays while the sound goes on; a greater lack is left for the verification to find. */
function lastPictureStays(video: VideoFacts, { fromMs, toMs }: Stretch): string {
  const lackMs = Math.max(0, toMs - video.endMs) + toleratedMs(toMs - fromMs);
  return `tpad=stop_mode=clone:stop_duration=${Math.ceil(lackMs)}ms`;
}

/** What sets a picture upright. */
export const turns: Record<VideoFacts['rotation'], readonly string[]> = {
  0: [],
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
};

/** A size, and 8 bit BT.709 whatever came in: old screens know nothing else. High dynamic range is tone-mapped. */
export function colours(
  { transfer, matrix, fullRange }: VideoFacts,
  { width, height }: Pick<Rung, 'width' | 'height'>,
): string[] {
  if (transfer !== 'sdr') {
    const from = transfer === 'pq' ? 'smpte2084' : 'arib-std-b67';
    return [
      `scale=${width}:${height},format=yuv420p10le`,
      `zscale=tin=${from}:min=bt2020nc:pin=bt2020:rin=tv:t=linear:npl=100,format=gbrpf32le`,
      'zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p',
    ];
  }
  const from = `in_color_matrix=${swscaleMatrix[matrix]}:in_range=${fullRange ? 'pc' : 'tv'}`;
  return [`scale=${width}:${height}:${from}:out_color_matrix=bt709:out_range=tv`, 'format=yuv420p'];
}

const swscaleMatrix: Record<VideoFacts['matrix'], string> = { bt601: 'bt601', bt709: 'bt709', bt2020: 'bt2020' };

/**
 * Drops frames that repeat the one before, at most a second of them, but never the first of a segment and never the last
 * of all: a mark under the picture changes there, which mpdecimate cannot overlook, and is cut off afterwards. So every
 * segment begins exactly on the grid and the picture lasts exactly as long as planned.
 */
function decimation({ num, den }: Ratio, { endFrame, lines }: Stretch): string[] {
  const segment = segmentMs / 1000;
  const last = ((endFrame - 1) * den) / num - gridHair;
  const atLast = lines.includes(endFrame - 1) ? '' : `+gte(t,${last.toFixed(6)})`;
  const marked = `mod(floor((t+${gridHair})/${segment})${atLast},2)`;
  return [
    `pad=iw:ih+${markRows}:0:0`,
    `drawbox=y=ih-${markRows}:w=iw:h=${markRows}:c=white:t=fill:enable='${marked}'`,
    `mpdecimate=${sameFrame}:max=${Math.max(1, Math.round(num / den) - 1)}`,
    `crop=iw:ih-${markRows}:0:0`,
  ];
}
