import type { EditionManifest, ManifestTrack } from '#libs/contracts';

/** What a person chooses: the sound alone, a short side in lines, or the best that there is room for. */
export type KeepQuality = 'audio' | '240' | '480' | 'best';

export const keepQualities: readonly KeepQuality[] = ['audio', '240', '480', 'best'];

/** A manifest without what is not kept of it. */
export type KeptManifest = Omit<EditionManifest, 'signature'>;

type Blob = KeptManifest['blobs'][number];

const linesOf = ({ width, height }: ManifestTrack): number => Math.min(width ?? 0, height ?? 0);

const blobsIn = (manifest: KeptManifest, places: readonly number[]): Blob[] =>
  [...new Set(places)].flatMap((place) => manifest.blobs[place] ?? []);

const placesOf = ({ init, segments }: ManifestTrack): number[] => [init, ...segments];

export const bytesOf = (blobs: readonly Blob[]): number => blobs.reduce((sum, { bytes }) => sum + bytes, 0);

/** Stills and captions go along with every quality: they are small, and without them something is missing. */
const beside = ({ captions, stills }: KeptManifest): number[] => [...captions, ...stills].map(({ blob }) => blob);

/** In the order in which they are fetched: what is small, then the sound, then the picture. */
export function blobsOf(manifest: KeptManifest): Blob[] {
  const tracks = [...manifest.tracks].sort((one, other) => one.kind.localeCompare(other.kind));
  return blobsIn(manifest, [...beside(manifest), ...tracks.flatMap(placesOf)]);
}

/** The picture that a quality means: the best of no more lines, or the least there is. */
function pictureFor(pictures: readonly ManifestTrack[], quality: KeepQuality, fits: (track: ManifestTrack) => boolean) {
  if (quality === 'audio') return undefined;
  const best = [...pictures].sort((one, other) => linesOf(other) - linesOf(one));
  const suits = quality === 'best' ? fits : (track: ManifestTrack) => linesOf(track) <= Number(quality);
  return best.find(suits) ?? best.at(-1);
}

/**
 * The same manifest with only what is kept in this quality. An edition without sound keeps its picture even as "sound only".
 *
 * @param roomBytes for `best`
 */
export function inQuality(manifest: KeptManifest, quality: KeepQuality, roomBytes = Infinity): KeptManifest {
  const sound = manifest.tracks.filter(({ kind }) => kind === 'audio');
  const pictures = manifest.tracks.filter(({ kind }) => kind === 'video');
  const cut = (picture: ManifestTrack | undefined) => only(manifest, picture ? [picture, ...sound] : sound);
  const wanted = sound.length === 0 && quality === 'audio' ? '240' : quality;
  return cut(pictureFor(pictures, wanted, (track) => bytesOf(blobsOf(cut(track))) <= roomBytes));
}

/** Places are counted anew, so that what is left out takes no room. */
function only(manifest: KeptManifest, tracks: readonly ManifestTrack[]): KeptManifest {
  const { editionId, lectureId, durationMs, language, captions, stills } = manifest;
  const kept = [...new Set([...beside(manifest), ...tracks.flatMap(placesOf)])];
  const placed = new Map(kept.map((old, place) => [old, place]));
  const place = (old: number): number => placed.get(old) ?? 0;
  const moved = <T extends { readonly blob: number }>(item: T): T => ({ ...item, blob: place(item.blob) });
  return {
    ...{ editionId, lectureId, durationMs, language },
    blobs: blobsIn(manifest, kept),
    tracks: tracks.map((track) => ({ ...track, init: place(track.init), segments: track.segments.map(place) })),
    captions: captions.map(moved),
    stills: stills.map(moved),
  };
}

/** Lines of the picture that is kept; 0 for sound alone. */
export const keptLines = ({ tracks }: KeptManifest): number => Math.max(0, ...tracks.map(linesOf));
