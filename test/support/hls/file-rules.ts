import { isUtf8 } from 'node:buffer';
import { iframeUris, initUri, pictureUris, pieces, playedUris, soundUris, subtitleUris } from './asset.js';
import type { Answer, DownloadedAsset } from './download.js';
import { beginsWithIdr, type Fragment, type Movie, readFragments, readMovie, ticksOf } from './movie.js';
import { has, valuesOf } from './playlist-text.js';
import { failing, type HlsRule, unless } from './rule.js';

type Rule = HlsRule<DownloadedAsset>;

const empty: Answer = { status: 0, headers: new Map(), body: Buffer.alloc(0) };
const answerTo = ({ answers }: DownloadedAsset, uri: string): Answer => answers.get(uri) ?? empty;
const movieOf = (asset: DownloadedAsset, uri: string): Movie => readMovie(answerTo(asset, initUri(asset, uri)).body);
const segmentsOf = (asset: DownloadedAsset, uri: string): Fragment[][] =>
  pieces(asset, uri).map((piece) => readFragments(answerTo(asset, piece.uri).body));
const ticks = (fragments: readonly Fragment[]): number => fragments.reduce((sum, each) => sum + ticksOf(each), 0);

/** Whether each fragment begins where the one before it ended, from the first on. */
function continues(fragments: readonly Fragment[]): boolean {
  let end = fragments[0]?.start;
  return fragments.every((fragment) => {
    const follows = fragment.start === end;
    end = (end ?? 0) + ticksOf(fragment);
    return follows;
  });
}

/** When the first sample of a rendition is shown, in seconds. */
function firstShown(asset: DownloadedAsset, uri: string): number {
  const [fragment] = segmentsOf(asset, uri).flat();
  let at = fragment?.start ?? Number.NaN;
  const shown = (fragment?.samples ?? []).map(({ duration, offset }) => {
    at += duration;
    return at - duration + offset;
  });
  return Math.min(...shown) / movieOf(asset, uri).timescale;
}

/** Seconds by which the sum of EXTINF is ever away from what the samples last, and the longest sample. */
function drift(asset: DownloadedAsset, uri: string): { furthest: number; frame: number } {
  const { timescale } = movieOf(asset, uri);
  const segments = segmentsOf(asset, uri);
  let [stated, real, furthest] = [0, 0, 0];
  for (const [at, { seconds }] of pieces(asset, uri).entries()) {
    stated += seconds;
    real += ticks(segments[at] ?? []) / timescale;
    furthest = Math.max(furthest, Math.abs(stated - real));
  }
  const samples = segments.flat().flatMap((fragment) => fragment.samples);
  return { furthest, frame: Math.min(...samples.map(({ duration }) => duration)) / timescale };
}

const goodBrands = ['iso6', 'iso7', 'iso8', 'iso9', 'cmfc', 'cmf2'];

/** The lines of STANDARDS 1.3 that files keep or break. */
export const fileRules: readonly Rule[] = [
  {
    id: 'HLS-S01',
    says: 'playlists are UTF-8 to their last byte',
    broken: (asset) => failing(['', ...asset.media.keys()], (uri) => isUtf8(answerTo(asset, uri).body)),
  },
  {
    id: 'HLS-M03',
    says: 'picture and sound begin at one time, which is 0',
    broken: (asset) => failing(playedUris(asset), (uri) => firstShown(asset, uri) === 0),
  },
  {
    id: 'HLS-M04',
    says: 'the sum of EXTINF is always within one frame of what the samples last',
    broken: (asset) =>
      failing(playedUris(asset), (uri) => {
        const { furthest, frame } = drift(asset, uri);
        return furthest < frame;
      }),
  },
  {
    id: 'HLS-M05',
    says: 'an initialisation section holds no samples',
    broken: (asset) =>
      failing(playedUris(asset), (uri) => {
        const { samples, boxes } = movieOf(asset, uri);
        return samples === 0 && !boxes.includes('mdat') && !boxes.includes('broken');
      }),
  },
  {
    id: 'HLS-M06',
    says: 'the server answers byte ranges with 206 and those bytes',
    broken: (asset) =>
      iframeUris(asset).flatMap((uri) =>
        failing(
          pieces(asset, uri),
          ({ uri: file, range = '', bytes }) => {
            const { status, body } = answerTo(asset, `${file}#${range}`);
            const offset = Number(range.split('@')[1]);
            return status === 206 && body.equals(answerTo(asset, file).body.subarray(offset, offset + bytes));
          },
          (piece) => piece.uri,
        ),
      ),
  },
  {
    id: 'HLS-M08',
    says: 'format, tracks and timestamps never change, so there is no discontinuity',
    broken: (asset) =>
      failing(playedUris(asset), (uri) => {
        const playlist = asset.media.get(uri) ?? '';
        const isOne = valuesOf(playlist, '#EXT-X-MAP').length === 1 && !has(playlist, '#EXT-X-DISCONTINUITY');
        return isOne && continues(segmentsOf(asset, uri).flat());
      }),
  },
  {
    id: 'HLS-F01',
    says: 'an initialisation section names a brand of iso6 or later, defaults for its one track, and no duration',
    broken: (asset) =>
      failing(playedUris(asset), (uri) => {
        const { boxes, brands, tracks, defaults, durations } = movieOf(asset, uri);
        return (
          boxes[0] === 'ftyp' &&
          boxes.indexOf('moov') > 0 &&
          brands.some((brand) => goodBrands.includes(brand)) &&
          tracks === 1 &&
          defaults === 1 &&
          durations.every((duration) => duration === 0)
        );
      }),
  },
  {
    id: 'HLS-F02',
    says: 'every fragment tells its time, which goes on exactly, and its data by its own beginning, in its own file',
    broken: (asset) =>
      failing(playedUris(asset), (uri) => {
        const segments = segmentsOf(asset, uri);
        return (
          !movieOf(asset, uri).isElsewhere &&
          segments.every((fragments) => fragments.length > 0) &&
          segments.flat().every(({ start, isRelative }) => start !== undefined && isRelative) &&
          continues(segments.flat())
        );
      }),
  },
  {
    id: 'HLS-F03',
    says: 'every segment of a picture begins with an IDR picture',
    broken: (asset) =>
      pictureUris(asset).flatMap((uri) =>
        failing(
          pieces(asset, uri).map((piece) => piece.uri),
          (file) => {
            const { body } = answerTo(asset, file);
            const [first] = readFragments(body);
            return first !== undefined && beginsWithIdr(body, first);
          },
        ),
      ),
  },
  {
    id: 'HLS-V08',
    says: 'captions begin with WEBVTT and the map of times to 0, where the picture begins',
    broken: (asset) =>
      subtitleUris(asset).flatMap((uri) =>
        failing(
          pieces(asset, uri).map((piece) => piece.uri),
          (file) =>
            /^WEBVTT[^\n]*\nX-TIMESTAMP-MAP=LOCAL:00:00:00\.000,MPEGTS:0\n/.test(answerTo(asset, file).body.toString()),
        ),
      ),
  },
  {
    id: 'HLS-V09',
    says: 'each range of an I-frame playlist is one whole I-frame with its moof, and nothing after it',
    broken: (asset) => [
      ...unless(iframeUris(asset).length > 0, 'there is none'),
      ...iframeUris(asset).flatMap((uri) =>
        failing(
          pieces(asset, uri),
          ({ uri: file, range = '' }) => {
            const { body } = answerTo(asset, `${file}#${range}`);
            const [fragment] = readFragments(body);
            const size = fragment?.samples[0]?.size ?? 0;
            return fragment !== undefined && beginsWithIdr(body, fragment) && fragment.dataAt + size === body.length;
          },
          (piece) => piece.uri,
        ),
      ),
    ],
  },
  {
    id: 'HLS-F05',
    says: 'there is AAC-LC of one or two channels at 32 to 160 kbit/s',
    broken: (asset) =>
      soundUris(asset).flatMap((uri) =>
        failing(
          asset.streams.get(uri) ?? [],
          ({ codec_name: codec, profile, channels, bit_rate: rate }) =>
            codec === 'aac' &&
            profile === 'LC' &&
            Number(channels) <= 2 &&
            Number(rate) >= 32e3 &&
            Number(rate) <= 160e3,
          ({ codec_name: codec, profile, bit_rate: rate }) => [codec, profile, rate].join(' '),
        ),
      ),
  },
];
