import { type HlsAsset, pieces } from './asset.js';
import { attributePairs, attributes, has, lines, tagName, tagValue, valuesOf } from './playlist-text.js';
import { failing, type HlsRule, unless } from './rule.js';

const mediaTags = [
  '#EXT-X-TARGETDURATION',
  '#EXT-X-PLAYLIST-TYPE',
  '#EXT-X-MAP',
  '#EXTINF',
  '#EXT-X-BYTERANGE',
  '#EXT-X-I-FRAMES-ONLY',
  '#EXT-X-ENDLIST',
];
const multivariantTags = ['#EXT-X-STREAM-INF', '#EXT-X-MEDIA', '#EXT-X-I-FRAME-STREAM-INF'];
const onceTags = ['#EXT-X-TARGETDURATION', '#EXT-X-PLAYLIST-TYPE', '#EXT-X-ENDLIST', '#EXT-X-VERSION'];
const texts = ({ multivariant, media }: HlsAsset): string[] => [multivariant, ...media.values()];
const once = (text: string, tag: string): boolean => lines(text).filter((line) => tagName(line) === tag).length <= 1;

/** What a playlist's content needs (rfc8216bis 8); 1 needs no tag. */
function versionFor(text: string): number {
  const map = has(text, '#EXT-X-MAP');
  const ranges = has(text, '#EXT-X-BYTERANGE') || has(text, '#EXT-X-I-FRAMES-ONLY');
  if (map) return has(text, '#EXT-X-I-FRAMES-ONLY') ? 5 : 6;
  if (ranges) return 4;
  return valuesOf(text, '#EXTINF').some((value) => value.includes('.')) ? 3 : 1;
}

/** Of all playlists alike. */
export const syntaxRules: readonly HlsRule[] = [
  {
    id: 'HLS-S01',
    says: 'playlists are NFC text that begins with #EXTM3U and holds no control characters',
    broken: (asset) =>
      failing(
        texts(asset),
        (text) => text.startsWith('#EXTM3U\n') && !/[^\P{Cc}\n]/u.test(text) && text === text.normalize('NFC'),
      ),
  },
  {
    id: 'HLS-S03',
    says: 'the version is named once at most, and is what the content needs',
    broken: (asset) =>
      failing(
        texts(asset),
        (text) => once(text, '#EXT-X-VERSION') && Number(valuesOf(text, '#EXT-X-VERSION')[0] ?? 1) === versionFor(text),
      ),
  },
  {
    id: 'HLS-S04',
    says: 'no attribute stands twice, no tag in the wrong kind of playlist, nor twice where once is due',
    broken: ({ multivariant, media }) => [
      ...failing(
        [multivariant, ...media.values()].flatMap(lines).filter((line) => line.startsWith('#')),
        (line) => attributePairs(tagValue(line)).length === attributes(tagValue(line)).size,
      ),
      ...unless(!mediaTags.some((tag) => has(multivariant, tag)), 'a media tag in the multivariant playlist'),
      ...failing([...media.values()], (text) => !multivariantTags.some((tag) => has(text, tag))),
      ...failing([...media.values()], (text) => onceTags.every((tag) => once(text, tag))),
    ],
  },
  {
    id: 'HLS-M06',
    says: 'a byte range tells its offset, or goes on in the file before it',
    broken: (asset) =>
      [...asset.media.keys()].flatMap((uri) =>
        pieces(asset, uri)
          .filter(({ range, uri: file }, at, all) => range && !/^\d+@\d+$/.test(range) && all[at - 1]?.uri !== file)
          .map(({ uri: file }) => file),
      ),
  },
];
