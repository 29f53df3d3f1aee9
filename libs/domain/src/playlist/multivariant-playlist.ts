import { maxBpsOf } from '../media/ladder.js';
import { averageBps, peakBps } from './bit-rate.js';
import { subtitleGroup, type CaptionTrack } from './captions.js';
import { iframeStreamInf, iframeTracks } from './iframe-playlist.js';
import {
  growingTarget,
  segmentSeconds,
  shortSide,
  soundAlone,
  targetDuration,
  trackSeconds,
  type Address,
  type AudioTrack,
  type PlaylistTrack,
  type VideoTrack,
} from './rendition.js';

/** Link that a player which has measured nothing yet may be expected to have, in bits a second. */
const firstLinkBps = 2_000_000;
/** Short side that a weak machine decodes without effort. */
const firstShortSide = 480;

/** What a playlist says besides its tracks. */
interface Edition {
  /** BCP 47 of the speech (HLS-V05). */
  readonly language: string;
  readonly captions?: readonly CaptionTrack[];
  /** Whether it is still being encoded. */
  readonly growing?: boolean;
}

interface Rates {
  readonly peak: number;
  readonly average: number;
}

/**
 * The playlist of playlists. Rates are those measured after encoding (HLS-V03, HLS-V04); the first variant is the one to
 * begin with on a link of 2 Mbit/s (HLS-V01), the last is sound alone, also for links that carry no picture (Apple 9.21).
 * Where I-frames were measured, they are offered alone as well. While the encode goes on, rates are estimates and there
 * are no I-frames alone, since their playlist may not grow.
 */
export function multivariantPlaylist(
  tracks: readonly PlaylistTrack[],
  { language, captions = [], growing = false }: Edition,
  address: Address,
): string {
  const target = targetOf(tracks, growing);
  const rates = (track: PlaylistTrack): Rates => {
    const pieces = track.segments.map((piece) => ({ seconds: segmentSeconds(piece, track), bytes: piece.bytes }));
    const measured = { peak: peakBps(pieces, target), average: averageBps(pieces) };
    return growing ? estimate(track, measured) : measured;
  };
  const audio = tracks.find((track) => track.kind === 'audio');
  const text = textRates(captions, tracks[0]);
  const sound = audio ? { audio, rates: plus(rates(audio), text) } : undefined;
  // Players on old browsers call this too, which have no toSorted.
  const variants = tracks
    .filter((track) => track.kind === 'video')
    .map((video) => ({ video, rates: plus(rates(video), sound?.rates ?? text) }))
    .sort((a, b) => b.rates.peak - a.rates.peak);

  const subtitles = captions.length > 0 ? ['SUBTITLES="captions"'] : [];

  return [
    '#EXTM3U',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(audio ? [soundGroup(audio, language, address)] : []),
    ...subtitleGroup(captions, address),
    ...firstFirst(variants).flatMap(({ video, rates: sum }) =>
      variant({ video, rates: sum, audio, subtitles }, address),
    ),
    ...(sound ? soundVariant(sound.audio, sound.rates, subtitles, address) : []),
    ...(growing ? [] : iframeTracks(tracks)).map((track) => iframeStreamInf(track, target, address)),
    '',
  ].join('\n');
}

const targetOf = (tracks: readonly PlaylistTrack[], growing: boolean): number =>
  growing ? growingTarget : targetDuration(tracks);

/**
 * What is still to come may be livelier than what was measured, up to what the encoder aims to keep under. A buffer may
 * be passed for a while: what was measured stands, whatever the aim was.
 */
function estimate(track: PlaylistTrack, { peak, average }: Rates): Rates {
  if (track.kind === 'audio') return { peak, average };
  const cap = maxBpsOf(shortSide(track));
  return {
    peak: Math.max(peak, Math.ceil(Math.min(Math.max(2 * peak, cap / 4), cap))),
    average: Math.max(average, Math.min(2 * average, cap)),
  };
}

const plus = (one: Rates, other: Rates): Rates => ({
  peak: one.peak + other.peak,
  average: one.average + other.average,
});

/** The dearest captions, whose one segment lasts as long as a track. */
function textRates(captions: readonly CaptionTrack[], track: PlaylistTrack | undefined): Rates {
  const seconds = track ? trackSeconds(track) : 0;
  const dearest = Math.max(0, ...captions.map(({ bytes }) => averageBps([{ seconds, bytes }])));
  return { peak: dearest, average: dearest };
}

interface Variant {
  readonly video: VideoTrack;
  readonly rates: Rates;
}

/** Puts the variant to begin with before the others, which stay best first. */
function firstFirst(variants: readonly Variant[]): readonly Variant[] {
  const first =
    variants.find(({ video, rates }) => shortSide(video) <= firstShortSide && rates.peak <= firstLinkBps) ??
    variants.at(-1);
  return first ? [first, ...variants.filter((other) => other !== first)] : [];
}

const soundGroup = ({ name, channels }: AudioTrack, language: string, address: Address): string =>
  `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Sound",LANGUAGE="${language}",DEFAULT=YES,AUTOSELECT=YES,` +
  `CHANNELS="${channels}",URI="${address(`${name}.m3u8`)}"`;

interface VideoVariant extends Variant {
  readonly audio: AudioTrack | undefined;
  /** The attribute that names the group of captions, if there is one. */
  readonly subtitles: readonly string[];
}

const variant = ({ video, rates, audio, subtitles }: VideoVariant, address: Address): string[] => [
  streamInf(rates, [
    `CODECS="${[video.codecs, ...(audio ? [audio.codecs] : [])].join(',')}"`,
    `RESOLUTION=${video.width}x${video.height}`,
    `FRAME-RATE=${video.frameRate.toFixed(3)}`,
    'CLOSED-CAPTIONS=NONE',
    ...(audio ? ['AUDIO="audio"'] : []),
    ...subtitles,
  ]),
  address(`${video.name}.m3u8`),
];

const soundVariant = (audio: AudioTrack, rates: Rates, subtitles: readonly string[], address: Address): string[] => [
  streamInf(rates, [`CODECS="${audio.codecs}"`, 'CLOSED-CAPTIONS=NONE', 'AUDIO="audio"', ...subtitles]),
  address(`${soundAlone}.m3u8`),
];

const streamInf = ({ peak, average }: Rates, rest: readonly string[]): string =>
  `#EXT-X-STREAM-INF:${[`BANDWIDTH=${peak}`, `AVERAGE-BANDWIDTH=${average}`, ...rest].join(',')}`;
