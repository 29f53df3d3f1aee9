import type { ApiConfig } from '#libs/config';
import type { EditionManifest, PlayGrant } from '#libs/contracts';
import { Caption, Edition, resumePosition, Still } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { CONFIG } from '../http/config.js';
import { LectureAccess } from '../http/lecture-access.js';
import { PlayTokens } from '../http/play-tokens.js';
import { tracksOf } from './playback.queries.js';
import { StillsService } from './stills.service.js';

/** Gives the right to play to those who see the lecture. */
@Injectable()
export class PlayService {
  constructor(
    private readonly database: DataSource,
    private readonly lectures: LectureAccess,
    private readonly tokens: PlayTokens,
    private readonly stills: StillsService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  /**
   * @param origin of this house as the caller reaches it, when the configuration names none
   * @throws {DomainError} `not-found`, `not-watchable`
   */
  async play(caller: Caller, lectureId: string, origin: string): Promise<PlayGrant> {
    await this.lectures.requireSight(caller, lectureId);
    const edition = await this.database.manager.findOneBy(Edition, { lectureId, live: true });
    if (!edition?.shownEncode) throw new DomainError('not-watchable', 'No edition of this lecture can be watched yet.');
    const durationMs = edition.durationMs ?? 0;
    const { token, expiresAt } = await this.tokens.mint(edition.id, durationMs);
    const base = (this.config.publicUrl ?? origin).replace(/\/$/, '');
    const stills = await this.stills.granted(edition.id, token, base);
    return {
      playlistUrl: `${base}/api/v1/editions/${edition.id}/${encodeName(edition)}/master.m3u8?token=${token}`,
      expiresAt: expiresAt.toISOString(),
      durationMs,
      editionId: edition.id,
      resumeMs: await this.resumeMs(caller, edition.id),
      ...stills,
    };
  }

  /** @throws {DomainError} `not-found`, `not-watchable` while blobs are still to come */
  async manifest(caller: Caller, editionId: string): Promise<EditionManifest> {
    const edition = await this.database.manager.findOneBy(Edition, { id: editionId });
    if (!edition) throw new DomainError('not-found', 'There is no such edition.');
    await this.lectures.requireSight(caller, edition.lectureId);
    const { publishedAt, shownEncode } = edition;
    if (!publishedAt || !shownEncode) throw new DomainError('not-watchable', 'It is still being encoded.');
    const document = {
      editionId,
      lectureId: edition.lectureId,
      durationMs: edition.durationMs ?? 0,
      blobs: await this.blobs(editionId, shownEncode),
    };
    return { ...document, signature: await this.tokens.signDocument(document) };
  }

  private async blobs(editionId: string, encode: number): Promise<EditionManifest['blobs']> {
    const { manager } = this.database;
    const blob = (sha256: string, extension: string, bytes: number) => ({
      name: `${sha256}.${extension}`,
      bytes,
      sha256,
    });
    const tracks = await tracksOf(manager, editionId, encode);
    const stills = await manager.findBy(Still, { editionId });
    const captions = await manager.findBy(Caption, { editionId });
    const all = [
      ...tracks.flatMap((track) => [
        blob(track.initSha256, 'mp4', track.initBytes),
        ...track.segments.map(({ sha256, bytes }) => blob(sha256, 'm4s', bytes)),
      ]),
      ...stills.map(({ sha256, bytes }) => blob(sha256, 'jpg', bytes)),
      ...captions.map(({ sha256, bytes }) => blob(sha256, 'vtt', bytes)),
    ];
    return [...new Map(all.map((item) => [item.name, item])).values()];
  }

  private resumeMs(caller: Caller, editionId: string): Promise<number> {
    const learnerId = caller.kind === 'person' ? caller.learnerId : undefined;
    return learnerId ? resumePosition(this.database.manager, learnerId, editionId) : Promise.resolve(0);
  }
}

/** What viewers get may still be growing. */
const encodeName = ({ state, encode, shownEncode }: Edition): string =>
  state !== 'ready' && shownEncode === encode ? `${encode}-early` : String(shownEncode);
