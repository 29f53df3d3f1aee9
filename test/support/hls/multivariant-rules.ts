import {
  average,
  type HlsAsset,
  iframeUris,
  isVideo,
  peak,
  pictureUris,
  playedWith,
  soundUris,
  subtitleUris,
  type Variant,
  variants,
} from './asset.js';
import { type Attributes, attributesOf, has } from './playlist-text.js';
import { failing, type HlsRule, isRate, unless, within } from './rule.js';

const uriOf = ({ uri }: Variant): string => uri;
const number = (all: Attributes, name: string): number => Number(all.get(name));
const groups = ({ multivariant }: HlsAsset): Attributes[] => attributesOf(multivariant, '#EXT-X-MEDIA');
const ofType = (asset: HlsAsset, type: string): Attributes[] =>
  groups(asset).filter((group) => group.get('TYPE') === type);
const shortSide = (all: Attributes): number => Math.min(...(all.get('RESOLUTION') ?? '').split('x').map(Number));
/** What a variant's rate is of: all that is played together, with the dearest captions. */
const sum = (asset: HlsAsset, variant: Variant, rate: typeof peak): number =>
  playedWith(asset, variant).reduce((all, uri) => all + rate(asset, uri), 0) +
  Math.max(0, ...subtitleUris(asset).map((uri) => rate(asset, uri)));
const iframes = ({ multivariant }: HlsAsset): Attributes[] => attributesOf(multivariant, '#EXT-X-I-FRAME-STREAM-INF');

/** From 360 lines up there is a lower rendition. */
const leastRung = 360;
const cellularBps = 192_000;

/** Of the playlist that names all others. */
export const multivariantRules: readonly HlsRule[] = [
  {
    id: 'HLS-V01',
    says: 'there is more than one bit rate of pictures of 360 lines and more, and what has sound has one for cellular links',
    broken: (asset) => [
      ...unless(
        variants(asset).every(({ attributes }) => !(shortSide(attributes) >= leastRung)) ||
          new Set(pictureUris(asset)).size > 1,
        'one picture only',
      ),
      ...unless(
        soundUris(asset).length === 0 ||
          variants(asset).some(({ attributes }) => number(attributes, 'BANDWIDTH') <= cellularBps),
        'nothing under 192 kbit/s',
      ),
    ],
  },
  {
    id: 'HLS-V02',
    says: 'every variant names its bit rates in whole bits, and its codecs, and a picture its size and frame rate',
    broken: (asset) =>
      failing(
        variants(asset),
        (variant) =>
          variant.attributes.has('CODECS') &&
          ['BANDWIDTH', 'AVERAGE-BANDWIDTH'].every((name) => /^\d+$/.test(variant.attributes.get(name) ?? '')) &&
          (!isVideo(variant) || /^\d+\.\d{3}$/.test(variant.attributes.get('FRAME-RATE') ?? '')) &&
          asset.media.has(variant.uri),
        uriOf,
      ),
  },
  {
    id: 'HLS-V03',
    says: 'BANDWIDTH is the measured peak of what is played together',
    broken: (asset) =>
      failing(
        variants(asset),
        (variant) => isRate(number(variant.attributes, 'BANDWIDTH'), sum(asset, variant, peak)),
        uriOf,
      ),
  },
  {
    id: 'HLS-V04',
    says: 'AVERAGE-BANDWIDTH is within a tenth of the measured average, and never above BANDWIDTH',
    broken: (asset) =>
      failing(
        variants(asset),
        (variant) =>
          within(number(variant.attributes, 'AVERAGE-BANDWIDTH'), sum(asset, variant, average), 0.1) &&
          number(variant.attributes, 'AVERAGE-BANDWIDTH') <= number(variant.attributes, 'BANDWIDTH'),
        uriOf,
      ),
  },
  {
    id: 'HLS-V05',
    says: 'groups name type, name and language, no name twice, one default at most, and exist where they are used',
    broken: (asset) => {
      const names = groups(asset).map((group) => `${group.get('GROUP-ID') ?? ''} ${group.get('NAME') ?? ''}`);
      const defaults = groups(asset).filter((group) => group.get('DEFAULT') === 'YES');
      const known = (type: string, id: string | undefined) =>
        id === undefined || ofType(asset, type).some((group) => group.get('GROUP-ID') === id);
      return [
        ...groups(asset).flatMap((group) =>
          failing(['TYPE', 'GROUP-ID', 'NAME', 'LANGUAGE', 'URI'], (name) => Boolean(group.get(name))),
        ),
        ...ofType(asset, 'AUDIO').flatMap((group) => unless(group.has('CHANNELS'), 'sound without CHANNELS')),
        ...unless(new Set(names).size === names.length, 'a name stands twice'),
        ...unless(new Set(defaults.map((group) => group.get('GROUP-ID'))).size === defaults.length, 'two defaults'),
        ...unless(
          defaults.every((group) => group.get('AUTOSELECT') !== 'NO'),
          'a default is not selected',
        ),
        ...failing(
          variants(asset),
          ({ attributes }) =>
            known('AUDIO', attributes.get('AUDIO')) &&
            known('SUBTITLES', attributes.get('SUBTITLES')) &&
            attributes.get('CLOSED-CAPTIONS') === 'NONE',
          uriOf,
        ),
      ];
    },
  },
  {
    id: 'HLS-V06',
    says: 'picture and sound are separate, and every picture is heard with the sound there is',
    broken: (asset) =>
      failing(
        variants(asset).filter(isVideo),
        ({ uri, attributes }) =>
          !soundUris(asset).includes(uri) && attributes.has('AUDIO') === soundUris(asset).length > 0,
        uriOf,
      ),
  },
  {
    id: 'HLS-V09',
    says: 'I-frame playlists are offered with their own rates, codecs and size, and nothing of sound',
    broken: (asset) => [
      ...iframes(asset).flatMap((line) => [
        ...failing(['BANDWIDTH', 'AVERAGE-BANDWIDTH', 'CODECS', 'RESOLUTION', 'URI'], (name) =>
          Boolean(line.get(name)),
        ),
        ...failing(['FRAME-RATE', 'AUDIO', 'SUBTITLES', 'CLOSED-CAPTIONS'], (name) => !line.has(name)),
        ...unless(!/mp4a/.test(line.get('CODECS') ?? ''), 'sound among I-frames'),
        ...unless(
          isRate(number(line, 'BANDWIDTH'), peak(asset, line.get('URI') ?? '')),
          `${line.get('URI') ?? ''} does not have its measured rate`,
        ),
      ]),
      ...failing(iframeUris(asset), (uri) => asset.media.has(uri)),
      ...unless(!has(asset.multivariant, '#EXT-X-I-FRAMES-ONLY'), 'a media tag'),
    ],
  },
];
