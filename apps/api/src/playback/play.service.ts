import type { ApiConfig } from '#libs/config';
import type { EditionManifest, PlayGrant } from '#libs/contracts';
import { Edition, resumePosition } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { CONFIG } from '../http/config.js';
import { LectureAccess } from '../http/lecture-access.js';
import { PlayTokens } from '../http/play-tokens.js';
import { ManifestService } from './manifest.service.js';
import { StillsService } from './stills.service.js';

/** Gives the right to play to those who see the lecture. */
@Injectable()
export class PlayService {
  constructor(
    private readonly database: DataSource,
    private readonly lectures: LectureAccess,
    private readonly tokens: PlayTokens,
    private readonly stills: StillsService,
    private readonly manifests: ManifestService,
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
    const document = await this.manifests.documentOf(edition, shownEncode);
    return { ...document, signature: await this.tokens.signDocument(document) };
  }

  private resumeMs(caller: Caller, editionId: string): Promise<number> {
    const learnerId = caller.kind === 'person' ? caller.learnerId : undefined;
    return learnerId ? resumePosition(this.database.manager, learnerId, editionId) : Promise.resolve(0);
  }
}

/** What viewers get may still be growing. */
const encodeName = ({ state, encode, shownEncode }: Edition): string =>
  state !== 'ready' && shownEncode === encode ? `${encode}-early` : String(shownEncode);
