import type { ManifestTrack } from '#libs/contracts';
import {
  mediaPlaylist,
  multivariantPlaylist,
  subtitlePlaylist,
  targetDuration,
  type PlaylistTrack,
} from '#libs/domain';
import type { KeptManifest } from './keep-quality.js';
import { blobPath } from './kept-addresses.js';

const shaAt = ({ blobs }: KeptManifest, place: number): string => blobs[place]?.sha256 ?? '';

function trackOf(manifest: KeptManifest, track: ManifestTrack): PlaylistTrack {
  const { kind, name, codecs, timescale, init, durationTicks, width, height, frameRate, channels } = track;
  const segments = track.segments.map((place, at) => {
    const { sha256 = '', bytes = 0 } = manifest.blobs[place] ?? {};
    return { sha256, bytes, durationTicks: durationTicks[at] ?? 0 };
  });
  const own = { name, codecs, timescale, initSha256: shaAt(manifest, init), segments };
  if (kind === 'audio') return { kind, ...own, channels: channels ?? 2 };
  return { kind, ...own, width: width ?? 0, height: height ?? 0, frameRate: frameRate ?? 0 };
}

/** Every playlist of what is kept of an edition, by file name: made from the manifest by the rules that the server uses. */
export function playlistsOf(manifest: KeptManifest): Map<string, string> {
  const { editionId, language } = manifest;
  const tracks = manifest.tracks.map((track) => trackOf(manifest, track));
  const captions = manifest.captions.map(({ language: spoken, label, blob }) => {
    const { sha256 = '', bytes = 0 } = manifest.blobs[blob] ?? {};
    return { name: `captions-${spoken}`, language: spoken, label, sha256, bytes };
  });
  const address = (file: string) => blobPath(editionId, file);
  const target = targetDuration(tracks);
  const first = tracks[0];
  const playlists = new Map([['master.m3u8', multivariantPlaylist(tracks, { language, captions }, (file) => file)]]);
  for (const track of tracks) {
    const text = mediaPlaylist(track, target, address);
    playlists.set(`${track.name}.m3u8`, text);
    if (track.kind === 'audio') playlists.set('sound-alone.m3u8', text);
  }
  if (first)
    for (const caption of captions) playlists.set(`${caption.name}.m3u8`, subtitlePlaylist(caption, first, address));
  return playlists;
}
