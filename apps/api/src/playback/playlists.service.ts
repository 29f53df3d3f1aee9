import {
  DomainError,
  iframePlaylist,
  iframesName,
  iframeTracks,
  mediaPlaylist,
  multivariantPlaylist,
  subtitlePlaylist,
  targetDuration,
} from '#libs/domain';
import { Caption } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PlayTokens } from '../http/play-tokens.js';
import { languageOfEdition, tracksOf } from './playback.queries.js';

/** The playlists of an edition, made from its rows; every address in them carries the right to play along. */
@Injectable()
export class PlaylistsService {
  constructor(
    private readonly database: DataSource,
    private readonly tokens: PlayTokens,
  ) {}

  /** @throws {DomainError} `play-token-invalid`, `play-token-expired`, `not-found` */
  async multivariant(editionId: string, token: string | undefined): Promise<string> {
    const right = await this.rightTo(editionId, token);
    const tracks = await tracksOf(this.database.manager, editionId);
    const language = await languageOfEdition(this.database.manager, editionId);
    if (tracks.length === 0 || language === undefined) throw new DomainError('not-found', 'There is no such playlist.');
    const captions = await this.captionsOf(editionId);
    return multivariantPlaylist(tracks, language, (file) => `${file}${right}`, captions);
  }

  /** Of a rendition by its name, of its I-frames, or of captions. */
  async media(editionId: string, name: string, token: string | undefined): Promise<string> {
    const right = await this.rightTo(editionId, token);
    const address = (file: string) => `/media/${editionId}/${file}${right}`;
    const tracks = await tracksOf(this.database.manager, editionId);
    const track = tracks.find((other) => other.name === name);
    if (track) return mediaPlaylist(track, targetDuration(tracks), address);
    const pictures = iframeTracks(tracks).find((other) => iframesName(other) === name);
    if (pictures) return iframePlaylist(pictures, targetDuration(tracks), address);
    const caption = (await this.captionsOf(editionId)).find((other) => other.name === name);
    if (!caption || !tracks[0]) throw new DomainError('not-found', 'There is no such playlist.');
    return subtitlePlaylist(caption, tracks[0], address);
  }

  private async rightTo(editionId: string, token: string | undefined): Promise<string> {
    await this.tokens.verify(token, editionId);
    return `?token=${token ?? ''}`;
  }

  private async captionsOf(editionId: string) {
    const captions = await this.database.manager.find(Caption, { where: { editionId }, order: { language: 'ASC' } });
    return captions.map(({ language, label, sha256, bytes }) => {
      return { name: `captions-${language}`, language, label, sha256, bytes };
    });
  }
}
