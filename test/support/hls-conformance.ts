import {
  lines,
  tagName,
  tagValue,
  valuesOf,
  attributePairs,
  attributes,
  variants,
  isVideo,
  pieces,
  total,
  target,
  peak,
  average,
  playedWith,
  type HlsAsset,
} from './hls-asset.js';

/** One line of the standard that a test can be written from. `broken` says what breaks it. */
export interface HlsRule {
  readonly id: string;
  readonly says: string;
  readonly broken: (asset: HlsAsset) => string[];
}

const inEach = (asset: HlsAsset, check: (playlist: string, uri: string) => boolean): string[] =>
  [...asset.media].flatMap(([uri, playlist]) => (check(playlist, uri) ? [] : [uri]));
const unless = (holds: boolean, what: string): string[] => (holds ? [] : [what]);

const mediaTags = ['#EXT-X-TARGETDURATION', '#EXT-X-PLAYLIST-TYPE', '#EXT-X-MAP', '#EXTINF', '#EXT-X-ENDLIST'];
const multivariantTags = ['#EXT-X-STREAM-INF', '#EXT-X-MEDIA', '#EXT-X-INDEPENDENT-SEGMENTS'];
const onceTags = ['#EXT-X-TARGETDURATION', '#EXT-X-PLAYLIST-TYPE', '#EXT-X-ENDLIST', '#EXT-X-VERSION'];
const holdsTags = (playlist: string, tags: readonly string[]): boolean =>
  lines(playlist).some((line) => tags.includes(tagName(line)));
const hasTwice = (value: string): boolean => attributePairs(value).length !== attributes(value).size;
const within = (value: number, of: number, share: number): boolean => Math.abs(value / of - 1) <= share;
const texts = ({ multivariant, media }: HlsAsset): string[] => [multivariant, ...media.values()];
const extinf = (asset: HlsAsset, uri: string): number[] => pieces(asset, uri).map(({ seconds }) => seconds);

/** The lines of STANDARDS 1.3 that playlists alone can keep or break. */
export const hlsRules: readonly HlsRule[] = [
  {
    id: 'HLS-S01',
    says: 'playlists are NFC text that begins with #EXTM3U and holds no control characters',
    broken: (asset) =>
      texts(asset).filter(
        (text) => !text.startsWith('#EXTM3U\n') || /[^\P{Cc}\n]/u.test(text) || text !== text.normalize('NFC'),
      ),
  },
  {
    id: 'HLS-S03',
    says: 'the version is 6 where EXT-X-MAP stands, and never named twice',
    broken: (asset) => inEach(asset, (text) => valuesOf(text, '#EXT-X-VERSION').join() === '6'),
  },
  {
    id: 'HLS-S04',
    says: 'no attribute stands twice, and no tag in the wrong kind of playlist',
    broken: (asset) => [
      ...lines(asset.multivariant).filter((line) => line.startsWith('#') && hasTwice(tagValue(line))),
      ...unless(!holdsTags(asset.multivariant, mediaTags), 'a media tag in the multivariant playlist'),
      ...inEach(
        asset,
        (text) =>
          !holdsTags(text, multivariantTags) &&
          onceTags.every((tag) => lines(text).filter((line) => tagName(line) === tag).length <= 1),
      ),
    ],
  },
  {
    id: 'HLS-M01',
    says: 'no segment rounds above the target duration',
    broken: (asset) =>
      inEach(asset, (_, uri) => extinf(asset, uri).every((seconds) => Math.round(seconds) <= target(asset))),
  },
  {
    id: 'HLS-M02',
    says: 'every media playlist is VOD and ends',
    broken: (asset) =>
      inEach(
        asset,
        (text) => valuesOf(text, '#EXT-X-PLAYLIST-TYPE').join() === 'VOD' && lines(text).at(-1) === '#EXT-X-ENDLIST',
      ),
  },
  {
    id: 'HLS-M03',
    says: 'all playlists have one target duration, one length, and pictures one set of cuts',
    broken: (asset) => {
      const [first] = variants(asset).filter(isVideo);
      const length = total(pieces(asset, first?.uri ?? ''), 'seconds');
      return [
        ...inEach(asset, (text) => Number(valuesOf(text, '#EXT-X-TARGETDURATION')[0]) === target(asset)),
        ...inEach(asset, (_, uri) => Math.abs(total(pieces(asset, uri), 'seconds') - length) < 0.15),
        ...variants(asset)
          .filter(isVideo)
          .filter(({ uri }) => extinf(asset, uri).join() !== extinf(asset, first?.uri ?? '').join())
          .map(({ uri }) => uri),
      ];
    },
  },
  {
    id: 'HLS-M05',
    says: 'an initialisation section applies to every segment',
    broken: (asset) =>
      inEach(
        asset,
        (text) => text.indexOf('#EXT-X-MAP:URI="') > 0 && text.indexOf('#EXT-X-MAP') < text.indexOf('#EXTINF'),
      ),
  },
  {
    id: 'HLS-M07',
    says: 'segments are declared independent in the multivariant playlist and not again below',
    broken: (asset) => [
      ...unless(holdsTags(asset.multivariant, ['#EXT-X-INDEPENDENT-SEGMENTS']), 'not declared'),
      ...inEach(asset, (text) => !holdsTags(text, ['#EXT-X-INDEPENDENT-SEGMENTS'])),
    ],
  },
  {
    id: 'HLS-V02',
    says: 'every variant names its bit rates and codecs, and a picture its size and frame rate',
    broken: (asset) =>
      variants(asset)
        .filter(
          (variant) =>
            !['BANDWIDTH', 'AVERAGE-BANDWIDTH', 'CODECS'].every((name) => variant.attributes.has(name)) ||
            (isVideo(variant) && !/^\d+\.\d{3}$/.test(variant.attributes.get('FRAME-RATE') ?? '')) ||
            !asset.media.has(variant.uri),
        )
        .map(({ uri }) => uri),
  },
  {
    id: 'HLS-V03',
    says: 'BANDWIDTH is the measured peak of what is played together',
    broken: (asset) =>
      variants(asset)
        .filter((variant) => {
          const sum = playedWith(asset, variant).reduce((rate, uri) => rate + peak(asset, uri), 0);
          const named = Number(variant.attributes.get('BANDWIDTH'));
          return !within(named, sum, 0.001);
        })
        .map(({ uri }) => uri),
  },
  {
    id: 'HLS-V04',
    says: 'AVERAGE-BANDWIDTH is within a tenth of the measured average',
    broken: (asset) =>
      variants(asset)
        .filter((variant) => {
          const sum = playedWith(asset, variant).reduce((rate, uri) => rate + average(asset, uri), 0);
          return !within(Number(variant.attributes.get('AVERAGE-BANDWIDTH')), sum, 0.1);
        })
        .map(({ uri }) => uri),
  },
  {
    id: 'HLS-V05',
    says: 'sound names its group, name, language and channels, and every group that is used exists',
    broken: (asset) => {
      const groups = valuesOf(asset.multivariant, '#EXT-X-MEDIA').map(attributes);
      const wanted = ['TYPE', 'GROUP-ID', 'NAME', 'LANGUAGE', 'CHANNELS', 'URI'];
      const known = new Set(groups.map((group) => group.get('GROUP-ID')));
      return [
        ...groups.flatMap((group) => wanted.filter((name) => !group.get(name))),
        ...variants(asset)
          .filter(({ attributes: all }) => all.has('AUDIO') && !known.has(all.get('AUDIO')))
          .map(({ uri }) => uri),
      ];
    },
  },
];
