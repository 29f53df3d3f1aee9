import type { EditionManifest, LectureView, PlayGrant } from '#libs/contracts';
import { roomFor, type KeptThing } from '#libs/domain';
import { Refusal } from '../server/refusal.js';
import { request } from '../server/request.js';
import type { BlobFetcher, Fetched } from './blob-fetcher.js';
import { blobsOf, bytesOf, inQuality, type KeptManifest } from './keep-quality.js';
import { isWatched, sizeOf, type KeepTrouble, type KeptLecture } from './kept-lecture.js';
import type { KeptLibrary } from './kept-library.js';
import { clearShelf, missingOf, pathsOnShelf, shelvePlaylists } from './kept-shelf.js';
import type { Room } from './room.js';

/**
 * `done`: nothing more to fetch of it. `later`: it is not to be had yet. `link`: try again soon. `limit`: the site's link
 * allows no more now.
 */
export type Step = 'done' | 'later' | 'link' | 'limit';

interface Parts {
  readonly library: KeptLibrary;
  readonly blobs: BlobFetcher;
  readonly room: () => Promise<Room>;
  readonly authorization: () => string | undefined;
  /** What the house has signed of it; undefined when it has not. */
  readonly genuine: (manifest: EditionManifest) => Promise<KeptManifest | undefined>;
}

/** A blob that is wrong so many times in a row is wrong at its source. */
const MOST_TRIES = 3;

/** Brings one lecture onto the device, from wherever it stands. */
export class LectureFetcher {
  constructor(private readonly parts: Parts) {}

  /** @param onFlow called with every blob that has arrived */
  async bring(kept: KeptLecture, onFlow: () => void): Promise<Step> {
    try {
      const manifest = kept.manifest ?? (await this.plan(kept));
      if (manifest === 'forged') return await this.fail(kept, 'forged');
      return manifest ? await this.fill(kept, manifest, onFlow) : 'later';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return this.fail(kept, 'gone');
      return error.code === 'not-watchable' ? 'later' : 'link';
    }
  }

  private async plan(kept: KeptLecture): Promise<KeptManifest | 'forged' | undefined> {
    const { library, room } = this.parts;
    const lecture = await this.ask<LectureView>(`/lectures/${kept.lectureId}`);
    if (lecture.editionId === null) return undefined;
    const told = await this.ask<EditionManifest>(`/editions/${lecture.editionId}/manifest`);
    const whole = await this.parts.genuine(told);
    if (whole?.editionId !== lecture.editionId) return 'forged';
    const { freeBytes } = await room();
    const manifest = inQuality(whole, kept.quality, freeBytes);
    await library.change(kept.lectureId, { lecture, manifest });
    return manifest;
  }

  private async fill(kept: KeptLecture, manifest: KeptManifest, onFlow: () => void): Promise<Step> {
    const missing = missingOf(manifest, blobsOf(manifest), await pathsOnShelf());
    if (!(await this.makeRoom(kept.lectureId, bytesOf(missing)))) return this.fail(kept, 'no-room');
    const { token, editionId } = await this.right(kept);
    if (editionId !== manifest.editionId) return this.startAnew(kept, manifest);
    const progress = { bytes: bytesOf(manifest.blobs) - bytesOf(missing), token };
    for (const blob of missing) {
      if (!this.isStillWanted(kept)) break;
      const end = await this.fetch(kept, editionId, blob, progress);
      if (end) return end;
      onFlow();
    }
    return this.finish(kept, manifest);
  }

  /** One blob, under a renewed right if need be. @returns why it has not come; undefined when it has. */
  private async fetch(
    kept: KeptLecture,
    editionId: string,
    blob: KeptManifest['blobs'][number],
    progress: { bytes: number; token: string },
  ): Promise<Step | undefined> {
    for (let tries = 1; ; tries += 1) {
      const fetched = await this.parts.blobs.fetch(editionId, blob, progress.token);
      if (fetched === 'kept') break;
      const end = this.endBy(kept, fetched, tries);
      if (end) return end;
      if (fetched === 'right') progress.token = (await this.right(kept)).token;
    }
    progress.bytes += blob.bytes;
    await this.parts.library.change(kept.lectureId, { keptBytes: progress.bytes });
    return undefined;
  }

  /** @returns undefined when the same blob is tried again at once. */
  private endBy(kept: KeptLecture, fetched: Fetched, tries: number): Promise<Step> | Step | undefined {
    if (fetched === 'link' || fetched === 'limit') return fetched;
    if (fetched === 'no-room') return this.fail(kept, 'no-room');
    if (tries < MOST_TRIES && fetched !== 'gone') return undefined;
    return this.fail(kept, fetched === 'gone' ? 'gone' : 'damaged');
  }

  private async finish(kept: KeptLecture, manifest: KeptManifest): Promise<Step> {
    if (!this.isStillWanted(kept)) {
      await clearShelf(this.parts.library.db, manifest);
      return 'done';
    }
    await shelvePlaylists(manifest);
    await this.parts.library.change(kept.lectureId, { isWhole: true, keptBytes: bytesOf(manifest.blobs) });
    return 'done';
  }

  /** Somebody may remove a lecture, or want it in another quality, while it is fetched. */
  private isStillWanted({ lectureId, quality }: KeptLecture): boolean {
    const now = this.parts.library.current().lectures.find((other) => other.lectureId === lectureId);
    return now?.quality === quality && !now.isReleased;
  }

  private async startAnew(kept: KeptLecture, manifest: KeptManifest): Promise<Step> {
    await clearShelf(this.parts.library.db, manifest);
    await this.parts.library.change(kept.lectureId, { manifest: undefined, keptBytes: 0 });
    return 'done';
  }

  private async fail({ lectureId }: KeptLecture, trouble: KeepTrouble): Promise<'done'> {
    await this.parts.library.change(lectureId, { trouble });
    return 'done';
  }

  private async makeRoom(lectureId: string, bytes: number): Promise<boolean> {
    const { library, room } = this.parts;
    const others = library.current().lectures.filter((kept) => kept.lectureId !== lectureId && kept.keptBytes > 0);
    const { freeBytes } = await room();
    const going = roomFor(
      bytes,
      freeBytes,
      others.map((kept) => this.thingOf(kept)),
    );
    for (const id of going ?? []) await library.release(id);
    return going !== undefined;
  }

  private thingOf(kept: KeptLecture): KeptThing {
    const { lectureId: id, isPinned, trouble, usedAtMs } = kept;
    const isPlaying = this.parts.library.isPlaying(id);
    return {
      id,
      bytes: sizeOf(kept),
      isPinned,
      isPlaying,
      isOutdated: trouble === 'gone',
      isWatched: isWatched(kept),
      usedAtMs,
    };
  }

  private async right({ lectureId }: KeptLecture): Promise<{ token: string; editionId: string }> {
    const { playlistUrl, editionId } = await this.ask<PlayGrant>(`/lectures/${lectureId}/play`, 'POST');
    return { token: new URL(playlistUrl, location.href).searchParams.get('token') ?? '', editionId };
  }

  private ask<T>(path: string, method: 'GET' | 'POST' = 'GET'): Promise<T> {
    return request<T>(path, { method, authorization: this.parts.authorization() });
  }
}
