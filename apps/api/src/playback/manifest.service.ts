import type { EditionManifest } from '#libs/contracts';
import { Caption, type Edition, Still } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { encodeOf, type Track, tracksOf } from './playback.queries.js';

type Document = Omit<EditionManifest, 'signature'>;

/** The blobs of one manifest, each once; others point at it by its place. */
class BlobList {
  readonly blobs: Document['blobs'] = [];
  private readonly places = new Map<string, number>();

  place(sha256: string, extension: string, bytes: number): number {
    const name = `${sha256}.${extension}`;
    const known = this.places.get(name);
    if (known !== undefined) return known;
    this.places.set(name, this.blobs.length);
    return this.blobs.push({ name, bytes, sha256 }) - 1;
  }
}

/** Writes down what an edition consists of, for those who hold it themselves. */
@Injectable()
export class ManifestService {
  constructor(private readonly database: DataSource) {}

  async documentOf({ id, lectureId, durationMs }: Edition, encode: number): Promise<Document> {
    const { manager } = this.database;
    const tracks = await tracksOf(manager, id, encode);
    const stills = await manager.find(Still, { where: { editionId: id }, order: { kind: 'ASC', atMs: 'ASC' } });
    const captions = await manager.find(Caption, { where: { editionId: id }, order: { language: 'ASC' } });
    const language = (await encodeOf(manager, id, encode))?.language ?? '';
    const list = new BlobList();
    return {
      editionId: id,
      lectureId,
      durationMs: durationMs ?? 0,
      language,
      blobs: list.blobs,
      tracks: tracks.map((track) => trackIn(list, track)),
      captions: captions.map(({ language, label, sha256, bytes }) => {
        return { language, label, blob: list.place(sha256, 'vtt', bytes) };
      }),
      stills: stills.map((still) => stillIn(list, still)),
    };
  }
}

function trackIn(list: BlobList, track: Track): Document['tracks'][number] {
  const { kind, name, codecs, timescale, initSha256, initBytes, segments } = track;
  const picture = track.kind === 'video' ? track : { width: null, height: null, frameRate: null };
  const { width, height, frameRate } = picture;
  return {
    ...{ kind, name, codecs, timescale, width, height, frameRate },
    channels: track.kind === 'audio' ? track.channels : null,
    init: list.place(initSha256, 'mp4', initBytes),
    segments: segments.map(({ sha256, bytes }) => list.place(sha256, 'm4s', bytes)),
    durationTicks: segments.map(({ durationTicks }) => durationTicks),
  };
}

function stillIn(list: BlobList, still: Still): Document['stills'][number] {
  const { kind, atMs: fromMs, width, height, tileMs, tileWidth, tileHeight, sha256, bytes } = still;
  return { kind, fromMs, width, height, tileMs, tileWidth, tileHeight, blob: list.place(sha256, 'jpg', bytes) };
}
