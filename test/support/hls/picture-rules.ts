import { initUri, isVideo, pictureUris, playedUris, type Variant, variants } from './asset.js';
import type { DownloadedAsset, ProbedStream } from './download.js';
import { readMovie } from './movie.js';
import { failing, type HlsRule, unless, within } from './rule.js';

const streamOf = (asset: DownloadedAsset, uri: string): ProbedStream => asset.streams.get(uri)?.[0] ?? {};
const avcOf = ({ answers, ...asset }: DownloadedAsset, uri: string) =>
  readMovie(answers.get(initUri(asset, uri))?.body ?? Buffer.alloc(0));
const highProfile = 100;
const rateOf = (ratio: ProbedStream[string]): number => {
  const [num = Number.NaN, den = 1] = String(ratio).split('/').map(Number);
  return num / den;
};
const named = ({ attributes }: Variant, name: string): string => attributes.get(name) ?? '';
const colours = ['color_space', 'color_transfer', 'color_primaries', 'color_range'] as const;

/** HLS-F04, and what the multivariant playlist says of pictures: held against what a decoder finds. */
export const pictureRules: readonly HlsRule<DownloadedAsset>[] = [
  {
    id: 'HLS-F04',
    says: 'a file is one stream; pictures are AVC up to High 5.2, some up to 4.1, their parameters in the sample entry',
    broken: (asset) => {
      const levels = pictureUris(asset).map((uri) => avcOf(asset, uri).level ?? Number.NaN);
      return [
        ...failing(playedUris(asset), (uri) => asset.streams.get(uri)?.length === 1),
        ...failing(pictureUris(asset), (uri) => avcOf(asset, uri).entries.join() === 'avc1'),
        ...failing(pictureUris(asset), (uri) => (avcOf(asset, uri).profile ?? Number.NaN) <= highProfile),
        ...failing(levels, (level) => level <= 52),
        ...unless(
          levels.some((level) => level <= 41),
          'no picture for older decoders',
        ),
      ];
    },
  },
  {
    id: 'HLS-F04',
    says: 'pictures are whole, not interlaced, of one colour space, one shape and at most 60 a second',
    broken: (asset) => {
      const streams = pictureUris(asset).map((uri) => streamOf(asset, uri));
      const shape = ({ width, height }: ProbedStream): number => Number(width) / Number(height);
      return [
        ...failing(
          streams,
          (stream) => stream.field_order === 'progressive',
          (stream) => String(stream.field_order),
        ),
        ...unless(
          new Set(streams.map((stream) => colours.map((name) => stream[name]).join())).size <= 1,
          'colours differ',
        ),
        ...failing(
          streams,
          (stream) => stream.color_space === 'bt709',
          (stream) => String(stream.color_space),
        ),
        // Sides are even numbers of pixels.
        ...failing(
          streams,
          (stream) => within(shape(stream), shape(streams[0] ?? {}), 2 / Number(stream.height)),
          String,
        ),
        ...failing(
          streams,
          (stream) => stream.sample_aspect_ratio === '1:1',
          (stream) => String(stream.sample_aspect_ratio),
        ),
        ...failing(
          streams,
          (stream) => rateOf(stream.r_frame_rate) <= 60,
          (stream) => String(stream.r_frame_rate),
        ),
      ];
    },
  },
  {
    id: 'HLS-V02',
    says: 'size, frame rate and codecs are those of the files',
    broken: (asset) =>
      failing(
        variants(asset).filter(isVideo),
        (variant) => {
          const { width, height, avg_frame_rate: rate } = streamOf(asset, variant.uri);
          const { profile = 0, level = 0 } = avcOf(asset, variant.uri);
          const codec = [profile, 0, level].map((byte) => byte.toString(16).padStart(2, '0')).join('');
          return (
            named(variant, 'RESOLUTION') === `${width ?? ''}x${height ?? ''}` &&
            named(variant, 'CODECS').split(',')[0] === `avc1.${codec}` &&
            // Pictures that repeat were left out: what is left comes no faster.
            rateOf(rate) <= Number(named(variant, 'FRAME-RATE')) * 1.01
          );
        },
        ({ uri }) => uri,
      ),
  },
];
