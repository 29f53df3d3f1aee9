import {
  DomainError,
  growingPlaylist,
  growingSubtitles,
  iframePlaylist,
  iframesName,
  iframeTracks,
  mediaPlaylist,
  multivariantPlaylist,
  subtitlePlaylist,
  targetDuration,
  trackNamed,
} from '#libs/domain';
import { Caption } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PlayTokens } from '../http/play-tokens.js';
import { encodeOf, tracksOf } from './playback.queries.js';

/** Which encode of an edition, and whether its playlists may still grow. */
export interface EncodeAddress {
  readonly editionId: string;
  readonly encode: number;
  readonly early: boolean;
}

const notThere = () => new DomainError('not-found', 'There is no such playlist.');

/** The playlists of an edition, made from its rows; every address in them carries the right to play along. */
@Injectable()
export class PlaylistsService {
  constructor(
    private readonly database: DataSource,
    private readonly tokens: PlayTokens,
  ) {}

  /** @throws {DomainError} `play-token-invalid`, `play-token-expired`, `not-found` */
  async multivariant({ editionId, encode, early }: EncodeAddress, token: string | undefined): Promise<string> {
    const right = await this.rightTo(editionId, token);
    const { tracks, language } = await this.open({ editionId, encode, early });
    const captions = await this.captionsOf(editionId);
    return multivariantPlaylist(tracks, { language, captions, growing: early }, (file) => `${file}${right}`);
  }

  /** Of a rendition by its name, of its I-frames, or of captions. @throws as `multivariant` */
  async media({ editionId, encode, early }: EncodeAddress, name: string, token: string | undefined): Promise<string> {
    const right = await this.rightTo(editionId, token);
    const address = (file: string) => `/media/${editionId}/${file}${right}`;
    const { tracks, whole } = await this.open({ editionId, encode, early });
    const track = trackNamed(tracks, name);
    if (track && early) return growingPlaylist(track, whole, address);
    if (track) return mediaPlaylist(track, targetDuration(tracks), address);
    const pictures = iframeTracks(tracks).find((other) => iframesName(other) === name);
    if (pictures) return iframePlaylist(pictures, targetDuration(tracks), address);
    const caption = (await this.captionsOf(editionId)).find((other) => other.name === name);
    if (!caption || !tracks[0]) throw notThere();
    return early ? growingSubtitles(caption, tracks[0], whole, address) : subtitlePlaylist(caption, tracks[0], address);
  }

  private async open({ editionId, encode, early }: EncodeAddress) {
    const found = await encodeOf(this.database.manager, editionId, encode);
    if (!found || !(found.whole || early)) throw notThere();
    const tracks = (await tracksOf(this.database.manager, editionId, encode)).filter(({ segments }) => segments[0]);
    if (tracks.length === 0) throw notThere();
    return { ...found, tracks };
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
