import { rateOf, segmentMs, toleratedMs, type Chunk, type Ratio, type Rung, type VideoFacts } from '#libs/domain';

/** Rows under the picture that carry the mark, and are cut off again. */
const markRows = 16;
/** Half of the shortest frame we make; a frame this near to a time is the frame of that time. */
const hair = 0.001;
/** mpdecimate's idea of a repeated frame: SAD of an 8×8 block, and the share of blocks that may differ a little. */
const sameFrame = 'hi=200:lo=100:frac=0.02';

/** How many frames an edition has at its steady rate; its last one ends where the later of picture and sound ends. */
export const frameCount = (rate: Ratio, durationMs: number): number =>
  Math.max(1, Math.ceil((durationMs / 1000) * rateOf(rate) - hair));

/**
 * Everything between the decoder and the first rendition: upright pictures in the colours and size of the top rung, at a
 * steady rate from 0 to the end of the edition.
 *
 * Scaling to the coded size comes first and is free: it shields the filters that trust a track to keep its size from
 * one that does not (with `-reinit_filter 0` the graph and its clock live on).
 */
export function pictureFilters(video: VideoFacts, top: Rung, { fromMs, toMs }: Chunk): string {
  const frames = frameCount(video.frameRate, toMs - fromMs);
  const rate = `${video.frameRate.num}/${video.frameRate.den}`;
  return [
    `scale=${video.width}:${video.height}`,
    ...(video.interlaced ? ['bwdif=mode=send_frame'] : []),
    ...turns[video.rotation],
    `fps=${rate}:start_time=0`,
    // The last picture stays while the sound goes on; a greater lack is left for the verification to find.
    `tpad=stop_mode=clone:stop_duration=${Math.ceil(Math.max(0, toMs - video.endMs) + toleratedMs(toMs - fromMs))}ms`,
    `trim=end_frame=${frames}`,
    ...colours(video, top),
    'setsar=1',
    ...(isDecimated(video) ? decimation(video.frameRate, frames) : []),
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
  ].join(',');
}

/** Whether frames that repeat are dropped before the encoder, so that its pictures come at uneven times. */
export const isDecimated = ({ still, variable }: VideoFacts): boolean => still || variable;

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
function decimation(rate: Ratio, frames: number): string[] {
  const last = (frames - 1) / rateOf(rate);
  const segment = segmentMs / 1000;
  const marked = `mod(floor((t+${hair})/${segment})+gte(t,${(last - hair).toFixed(6)}),2)`;
  return [
    `pad=iw:ih+${markRows}:0:0`,
    `drawbox=y=ih-${markRows}:w=iw:h=${markRows}:c=white:t=fill:enable='${marked}'`,
    `mpdecimate=${sameFrame}:max=${Math.max(1, Math.round(rateOf(rate)) - 1)}`,
    `crop=iw:ih-${markRows}:0:0`,
  ];
}
