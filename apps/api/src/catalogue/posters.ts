import { Injectable } from '@nestjs/common';
import { PlayTokens } from '../http/play-tokens.js';

/** The poster of an edition, as SQL tells of it. */
export interface Poster {
  readonly editionId: string;
  readonly sha256: string;
  /** Of the edition; null until it has been measured. */
  readonly durationMs: number | null;
}

/** Posters are blobs of their edition, and so need the right to it. */
@Injectable()
export class Posters {
  constructor(private readonly tokens: PlayTokens) {}

  async urlOf(poster: Poster | null): Promise<string | null> {
    if (!poster) return null;
    const { token } = await this.tokens.mint(poster.editionId, poster.durationMs ?? 0);
    return `/media/${poster.editionId}/${poster.sha256}.jpg?token=${token}`;
  }
}
