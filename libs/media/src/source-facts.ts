import {
  segmentMs,
  sourceLimits,
  steadyRate,
  type AudioFacts,
  type Ratio,
  type SourceFacts,
  type VideoFacts,
} from '#libs/domain';
import { seekPoints } from './seek-points.js';
import { TrackScan } from './packet-scan.js';
import { numberOf, type Fields, type joinReports } from './probe-report.js';

type Report = ReturnType<typeof joinReports>;

/** Median bits a pixel below which most frames only say "as before". */
const stillBitsPerPixel = 0.005;
/** From here on untagged video is taken for HDTV's colours, as players do. */
const hdHeight = 720;
/** Containers whose clock may start anew in the middle (ffmpeg's AVFMT_TS_DISCONT) and whose header claims nothing. */
const jumpingFormats = new Set(['mpegts', 'mpeg', 'ogg']);

/** Turns what ffprobe reported into facts; decides nothing. */
export function sourceFacts(report: Report, bytes: number): SourceFacts {
  const format = report.format['format_name']?.split(',')[0] ?? '';
  const clock: Clock = {
    zero: numberOf(report.format['start_time']) ?? 0,
    joined: jumpingFormats.has(format),
  };
  const scanOf = (stream: Fields): TrackScan => report.scans.get(Number(stream['index'])) ?? new TrackScan();
  const moving = tracks(report, 'video').filter((stream) => stream['disposition:attached_pic'] !== '1');
  const video = shown(moving);
  const audio = shown(tracks(report, 'audio').filter((stream) => scanOf(stream).packets > 0));
  return {
    format,
    bytes,
    streams: Number(report.format['nb_streams']),
    headerDurationMs: clock.joined ? null : milliseconds(numberOf(report.format['duration'])),
    heldMs: heldMs(report, clock),
    packetBytes: report.packetBytes,
    attachedPictureOnly: moving.length === 0 && tracks(report, 'video').length > 0,
    video: video ? videoFacts(video, scanOf(video), { ...clock, format }) : null,
    audio: audio ? audioFacts(audio, scanOf(audio), clock) : null,
  };
}

/** Recordings that begin late on their own clock count from 0 in their header, or from their beginning. */
const heldMs = ({ scans }: Report, clock: Clock): number =>
  Math.max(0, ...[...scans.values()].map((scan) => endMs(scan, clock) + Math.max(0, clock.zero * 1000)));

const tracks = ({ streams }: Report, type: 'video' | 'audio'): Fields[] =>
  streams.filter((stream) => stream['codec_type'] === type);

interface Clock {
  /** What ffmpeg takes for 0, in seconds. */
  readonly zero: number;
  readonly joined: boolean;
}

/** The track that a player would choose: the one marked as default, else the first. */
const shown = (streams: readonly Fields[]): Fields | undefined =>
  streams.find((stream) => stream['disposition:default'] === '1') ?? streams[0];

function videoFacts(stream: Fields, scan: TrackScan, clock: Clock & { format: string }): VideoFacts {
  const width = numberOf(stream['width']) ?? 0;
  const height = numberOf(stream['height']) ?? 0;
  return {
    ...common(stream, scan, clock),
    ...colours(stream, height),
    ...steadyRate({
      claimed: ratioOf(stream['r_frame_rate'], '/'),
      average: scan.averageRate() || 1,
      medianGap: scan.medianGap() || 1,
    }),
    width,
    height,
    pixelShape: ratioOf(stream['sample_aspect_ratio'], ':') ?? { num: 1, den: 1 },
    rotation: rotationOf(numberOf(stream['rotation']) ?? 0),
    interlaced: /^[tb][tb]$/.test(stream['field_order'] ?? ''),
    packets: scan.packets,
    averageRate: scan.averageRate(),
    ...stillness(scan, clock, width * height),
    seekPointsMs: seekPoints(clock.format, scan, clock.zero),
  };
}

/** What repeats costs next to nothing in the source, too. */
function stillness(scan: TrackScan, { zero }: Clock, pixels: number): Pick<VideoFacts, 'still' | 'stillSegments'> {
  const isStill = (bytes: number): boolean => bytes * 8 < pixels * stillBitsPerPixel;
  const byStretch = scan.medianBytesByStretch();
  const first = Math.floor(zero / (segmentMs / 1000));
  const last = [...byStretch.keys()].reduce((latest, stretch) => Math.max(latest, stretch), first - 1);
  const count = Math.min(last - first + 1, sourceLimits.maxDurationMs / segmentMs);
  // Where there is no packet at all, the picture before stays.
  const marks = Array.from({ length: count }, (_, at) => (isStill(byStretch.get(first + at) ?? 0) ? '1' : '0'));
  return { still: isStill(scan.medianBytes()), stillSegments: marks.join('') };
}

const colours = (stream: Fields, height: number) => {
  const pixelFormat = stream['pix_fmt'] ?? 'unknown';
  return {
    pixelFormat,
    transfer: transferOf(stream['color_transfer']),
    matrix: matrixOf(stream['color_space'], height),
    fullRange: stream['color_range'] === 'pc' || pixelFormat.startsWith('yuvj'),
  };
};

const audioFacts = (stream: Fields, scan: TrackScan, clock: Clock): AudioFacts => ({
  ...common(stream, scan, clock),
  channels: numberOf(stream['channels']) ?? 1,
  language: /^[a-z]{2,3}$/.exec(stream['tag:language'] ?? '')?.[0] ?? 'und',
});

const endMs = (scan: TrackScan, { zero, joined }: Clock): number =>
  Math.max(0, milliseconds((scan.endAt(joined) ?? zero) - zero) ?? 0);

const common = (stream: Fields, scan: TrackScan, clock: Clock) => ({
  index: Number(stream['index']),
  codec: stream['codec_name'] ?? 'unknown',
  startMs: Math.max(0, milliseconds((scan.firstAt() ?? clock.zero) - clock.zero) ?? 0),
  endMs: endMs(scan, clock),
});

const milliseconds = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds * 1000));

function ratioOf(text: string | undefined, separator: string): Ratio | null {
  const [num, den] = (text ?? '').split(separator).map(Number);
  return num && den && num > 0 && den > 0 ? { num, den } : null;
}

/** The display matrix turns counter-clockwise; we turn back, and only by quarters. */
function rotationOf(counterClockwise: number): VideoFacts['rotation'] {
  const quarters = ((Math.round(-counterClockwise / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[quarters] ?? 0;
}

function transferOf(name: string | undefined): VideoFacts['transfer'] {
  if (name === 'smpte2084') return 'pq';
  return name === 'arib-std-b67' ? 'hlg' : 'sdr';
}

function matrixOf(name: string | undefined, height: number): VideoFacts['matrix'] {
  if (name?.startsWith('bt2020')) return 'bt2020';
  if (name === 'bt709') return 'bt709';
  if (name === 'smpte170m' || name === 'bt470bg' || name === 'fcc') return 'bt601';
  return height >= hdHeight ? 'bt709' : 'bt601';
}
