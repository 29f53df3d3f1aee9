import {
  type HlsAsset,
  iframeUris,
  initUri,
  pictureUris,
  pieces,
  playedUris,
  subtitleUris,
  target,
  total,
} from './asset.js';
import { has, lines, valuesOf } from './playlist-text.js';
import { failing, type HlsRule, unless } from './rule.js';

const seconds = (asset: HlsAsset, uri: string): number[] => pieces(asset, uri).map((piece) => piece.seconds);
const lengthOf = (asset: HlsAsset, uri: string): number => total(pieces(asset, uri), 'seconds');
const text = ({ media }: HlsAsset, uri: string): string => media.get(uri) ?? '';
const isWhole = (asset: HlsAsset, uri: string): boolean =>
  valuesOf(text(asset, uri), '#EXT-X-PLAYLIST-TYPE')[0] === 'VOD';
/** Sound ends within its own last frame, 21 ms, and pictures do within theirs, which may be a tenth of a second long. */
const sameLengthS = 0.15;

/** Of what is listed in a media playlist. */
export const mediaPlaylistRules: readonly HlsRule[] = [
  {
    id: 'HLS-M01',
    says: 'the target duration is at least a second, and no segment lasts longer',
    broken: (asset) =>
      failing(
        [...asset.media.keys()],
        (uri) =>
          target(asset, uri) >= 1 &&
          seconds(asset, uri).every(
            (each) => Math.round(each) <= target(asset, uri) && each <= target(asset, uri) + 0.5,
          ),
      ),
  },
  {
    id: 'HLS-M02',
    says: 'every media playlist is VOD and ends',
    broken: (asset) =>
      failing(
        [...asset.media.values()],
        (playlist) =>
          valuesOf(playlist, '#EXT-X-PLAYLIST-TYPE').join() === 'VOD' && lines(playlist).at(-1) === '#EXT-X-ENDLIST',
      ),
  },
  {
    id: 'HLS-M03',
    says: 'what is played together has one target duration and one length, and pictures have one set of cuts',
    broken: (asset) => {
      const [first = ''] = pictureUris(asset);
      return [
        ...failing(playedUris(asset), (uri) => target(asset, uri) === target(asset, first)),
        ...failing(
          [...subtitleUris(asset), ...iframeUris(asset)],
          (uri) => isWhole(asset, uri) || target(asset, uri) === target(asset, first),
        ),
        ...failing(playedUris(asset), (uri) => Math.abs(lengthOf(asset, uri) - lengthOf(asset, first)) < sameLengthS),
        ...failing(pictureUris(asset), (uri) => seconds(asset, uri).join() === seconds(asset, first).join()),
      ];
    },
  },
  {
    id: 'HLS-M05',
    says: 'an initialisation section applies to every segment of picture and sound',
    broken: (asset) =>
      failing(
        [...playedUris(asset), ...iframeUris(asset)],
        (uri) =>
          initUri(asset, uri) !== '' && text(asset, uri).indexOf('#EXT-X-MAP') < text(asset, uri).indexOf('#EXTINF'),
      ),
  },
  {
    id: 'HLS-M07',
    says: 'segments are declared independent in the multivariant playlist and not again below',
    broken: (asset) => [
      ...unless(has(asset.multivariant, '#EXT-X-INDEPENDENT-SEGMENTS'), 'not declared'),
      ...failing([...asset.media.keys()], (uri) => !has(text(asset, uri), '#EXT-X-INDEPENDENT-SEGMENTS')),
    ],
  },
  {
    id: 'HLS-V07',
    says: 'captions are there for as long as the picture',
    broken: (asset) =>
      failing(
        subtitleUris(asset),
        (uri) => Math.abs(lengthOf(asset, uri) - lengthOf(asset, pictureUris(asset)[0] ?? '')) < 0.001,
      ),
  },
  {
    id: 'HLS-V09',
    says: 'I-frame playlists hold nothing but I-frames by their byte ranges, for as long as the picture',
    broken: (asset) =>
      failing(
        iframeUris(asset),
        (uri) =>
          has(text(asset, uri), '#EXT-X-I-FRAMES-ONLY') &&
          pieces(asset, uri).length > 0 &&
          pieces(asset, uri).every(({ range }) => range !== undefined) &&
          Math.abs(lengthOf(asset, uri) - lengthOf(asset, pictureUris(asset)[0] ?? '')) < 0.001,
      ),
  },
];
