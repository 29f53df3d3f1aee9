import type { PlayGrant, ThumbnailSheet } from '#libs/contracts';
import { Edition, Still } from '#libs/database';
import { DomainError, thumbnailTrack } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PlayTokens } from '../http/play-tokens.js';

/** The pictures by which one finds one's way in an edition; every address of one carries the right to play along. */
@Injectable()
export class StillsService {
  constructor(
    private readonly database: DataSource,
    private readonly tokens: PlayTokens,
  ) {}

  /** @param base of this house, for players on other pages */
  async granted(
    editionId: string,
    token: string,
    base: string,
  ): Promise<Pick<PlayGrant, 'thumbnails' | 'thumbnailsUrl' | 'posterUrl'>> {
    const stills = await this.stillsOf(editionId);
    const poster = stills.find(({ kind }) => kind === 'poster');
    const thumbnails = stills.flatMap((still) => sheetOf(still, token));
    const track = `${base}/api/v1/editions/${editionId}/thumbnails.vtt?token=${token}`;
    return {
      thumbnails,
      thumbnailsUrl: thumbnails.length > 0 ? track : null,
      posterUrl: poster ? urlOf(poster, token) : null,
    };
  }

  /** WebVTT. @throws {DomainError} `play-token-invalid`, `play-token-expired`, `not-found` */
  async track(editionId: string, token = ''): Promise<string> {
    await this.tokens.verify(token, editionId);
    const edition = await this.database.manager.findOneBy(Edition, { id: editionId });
    if (!edition) throw new DomainError('not-found', 'There is no such edition.');
    const sheets = (await this.stillsOf(editionId)).flatMap((still) => sheetOf(still, token));
    return thumbnailTrack(sheets, edition.durationMs ?? 0, ({ url }) => url);
  }

  private stillsOf(editionId: string): Promise<Still[]> {
    return this.database.manager.find(Still, { where: { editionId }, order: { atMs: 'ASC' } });
  }
}

const urlOf = ({ editionId, sha256 }: Still, token: string): string =>
  `/media/${editionId}/${sha256}.jpg?token=${token}`;

/** None for a poster. */
function sheetOf(still: Still, token: string): ThumbnailSheet[] {
  const { atMs: fromMs, width, height, tileWidth, tileHeight, tileMs } = still;
  if (tileWidth === null || tileHeight === null || tileMs === null) return [];
  return [{ url: urlOf(still, token), fromMs, tileMs, width, height, tileWidth, tileHeight }];
}
