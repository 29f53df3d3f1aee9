import {
  type Attributes,
  attributes,
  attributesOf,
  isTag,
  lines,
  tagName,
  tagValue,
  valuesOf,
} from './playlist-text.js';

/** A published edition as a client sees it: its playlists, and how large every file is that they name. */
export interface HlsAsset {
  readonly multivariant: string;
  /** All other playlists by the URI under which the multivariant playlist names them. */
  readonly media: ReadonlyMap<string, string>;
  /** Bytes of every file by its URI. */
  readonly bytes: ReadonlyMap<string, number>;
}

export interface Variant {
  readonly attributes: Attributes;
  readonly uri: string;
}

export const variants = ({ multivariant }: HlsAsset): Variant[] => {
  const all = lines(multivariant);
  return all.flatMap((line, at) =>
    isTag(line, '#EXT-X-STREAM-INF') ? [{ attributes: attributes(tagValue(line)), uri: all[at + 1] ?? '' }] : [],
  );
};
export const isVideo = ({ attributes: all }: Variant): boolean => all.has('RESOLUTION');
export const pictureUris = (asset: HlsAsset): string[] =>
  variants(asset)
    .filter(isVideo)
    .map(({ uri }) => uri);

const mediaUris = ({ multivariant }: HlsAsset, type: string): string[] =>
  attributesOf(multivariant, '#EXT-X-MEDIA')
    .filter((group) => group.get('TYPE') === type)
    .map((group) => group.get('URI') ?? '');
export const soundUris = (asset: HlsAsset): string[] => mediaUris(asset, 'AUDIO');
export const subtitleUris = (asset: HlsAsset): string[] => mediaUris(asset, 'SUBTITLES');
export const iframeUris = ({ multivariant }: HlsAsset): string[] =>
  attributesOf(multivariant, '#EXT-X-I-FRAME-STREAM-INF').map((line) => line.get('URI') ?? '');
/** Of picture and sound. */
export const playedUris = (asset: HlsAsset): string[] => [...pictureUris(asset), ...soundUris(asset)];
/** What playing a variant takes: its own file, the sound beside a picture, and one of the captions. */
export const playedWith = (asset: HlsAsset, variant: Variant): string[] =>
  isVideo(variant) ? [variant.uri, ...soundUris(asset)] : [variant.uri];

/** A segment, or the part of one that a byte range names. */
export interface Piece {
  readonly uri: string;
  readonly seconds: number;
  readonly bytes: number;
  /** `n@o`, or `n` */
  readonly range: string | undefined;
}

export const pieces = ({ media, bytes }: HlsAsset, uri: string): Piece[] => {
  const all = lines(media.get(uri) ?? '');
  const found: Piece[] = [];
  let seconds = 0;
  let range: string | undefined;
  for (const line of all) {
    if (isTag(line, '#EXTINF')) seconds = Number.parseFloat(tagValue(line));
    if (isTag(line, '#EXT-X-BYTERANGE')) range = tagValue(line);
    if (tagName(line).startsWith('#')) continue;
    found.push({ uri: line, seconds, range, bytes: range ? Number.parseInt(range) : (bytes.get(line) ?? Number.NaN) });
    range = undefined;
  }
  return found;
};
export const initUri = ({ media }: HlsAsset, uri: string): string =>
  attributesOf(media.get(uri) ?? '', '#EXT-X-MAP')[0]?.get('URI') ?? '';

export const total = (run: readonly Piece[], of: 'seconds' | 'bytes'): number =>
  run.reduce((sum, piece) => sum + piece[of], 0);
export const target = ({ media }: HlsAsset, uri: string): number =>
  Number(valuesOf(media.get(uri) ?? '', '#EXT-X-TARGETDURATION')[0]);

/** Bits a second of every contiguous run that counts, the slow and obvious way. */
export const peak = (asset: HlsAsset, uri: string): number => {
  const all = pieces(asset, uri);
  const rates = all.flatMap((_, from) =>
    all.flatMap((__, to) => {
      const run = all.slice(from, to + 1);
      const seconds = total(run, 'seconds');
      const counts = to >= from && seconds >= target(asset, uri) * 0.5 && seconds <= target(asset, uri) * 1.5 + 0.5;
      return counts ? [(total(run, 'bytes') * 8) / seconds] : [];
    }),
  );
  return Math.max(...rates, 0) || average(asset, uri);
};
export const average = (asset: HlsAsset, uri: string): number => {
  const all = pieces(asset, uri);
  return (total(all, 'bytes') * 8) / total(all, 'seconds');
};
