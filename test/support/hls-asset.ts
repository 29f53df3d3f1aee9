/** A published edition as a client sees it: its playlists, and how large every file is that they name. */
export interface HlsAsset {
  readonly multivariant: string;
  /** Media playlists by the URI under which the multivariant playlist names them. */
  readonly media: ReadonlyMap<string, string>;
  /** Bytes of every segment by its URI. */
  readonly bytes: ReadonlyMap<string, number>;
}

type Attributes = ReadonlyMap<string, string>;

export const lines = (playlist: string): string[] => playlist.split('\n').filter((line) => line !== '');
export const tagName = (line: string): string => line.split(':')[0] ?? '';
export const tagValue = (line: string): string => line.slice(line.indexOf(':') + 1);
export const valuesOf = (playlist: string, tag: string): string[] =>
  lines(playlist)
    .filter((line) => tagName(line) === tag)
    .map(tagValue);

export const attributePairs = (value: string): [string, string][] =>
  [...value.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)].map(([, name = '', text = '']) => [
    name,
    text.replaceAll('"', ''),
  ]);
export const attributes = (value: string): Attributes => new Map(attributePairs(value));

export interface Variant {
  readonly attributes: Attributes;
  readonly uri: string;
}

export const variants = ({ multivariant }: HlsAsset): Variant[] => {
  const all = lines(multivariant);
  return all.flatMap((line, at) =>
    tagName(line) === '#EXT-X-STREAM-INF' ? [{ attributes: attributes(tagValue(line)), uri: all[at + 1] ?? '' }] : [],
  );
};
export const isVideo = ({ attributes: all }: Variant): boolean => all.has('RESOLUTION');
export const soundUris = ({ multivariant }: HlsAsset): string[] =>
  valuesOf(multivariant, '#EXT-X-MEDIA').map((value) => attributes(value).get('URI') ?? '');

export interface Piece {
  readonly seconds: number;
  readonly bytes: number;
}

export const pieces = ({ media, bytes }: HlsAsset, uri: string): Piece[] => {
  const all = lines(media.get(uri) ?? '');
  return all.flatMap((line, at) =>
    tagName(line) === '#EXTINF'
      ? [{ seconds: Number.parseFloat(tagValue(line)), bytes: bytes.get(all[at + 1] ?? '') ?? Number.NaN }]
      : [],
  );
};
export const total = (run: readonly Piece[], of: keyof Piece): number => run.reduce((sum, piece) => sum + piece[of], 0);
export const target = ({ media }: HlsAsset): number =>
  Number(valuesOf([...media.values()][0] ?? '', '#EXT-X-TARGETDURATION')[0]);

/** Every contiguous run, the slow and obvious way. */
export const peak = (asset: HlsAsset, uri: string): number => {
  const all = pieces(asset, uri);
  const rates = all.flatMap((_, from) =>
    all.flatMap((__, to) => {
      const run = all.slice(from, to + 1);
      const seconds = total(run, 'seconds');
      const counts = to >= from && seconds >= target(asset) * 0.5 && seconds <= target(asset) * 1.5 + 0.5;
      return counts ? [(total(run, 'bytes') * 8) / seconds] : [];
    }),
  );
  return Math.max(...rates, 0) || average(asset, uri);
};
export const average = (asset: HlsAsset, uri: string): number => {
  const all = pieces(asset, uri);
  return (total(all, 'bytes') * 8) / total(all, 'seconds');
};
/** What playing a variant takes: its own file, and the sound beside a picture. */
export const playedWith = (asset: HlsAsset, variant: Variant): string[] =>
  isVideo(variant) ? [variant.uri, ...soundUris(asset)] : [variant.uri];
