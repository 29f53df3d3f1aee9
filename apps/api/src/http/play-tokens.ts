import type { ApiConfig } from '#libs/config';
import { DomainError, toBase64Url } from '#libs/domain';
import { Inject, Injectable } from '@nestjs/common';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { CONFIG } from './config.js';
import { pointOfKey } from './key-points.js';

const TWELVE_HOURS_MS = 12 * 3_600_000;

/** The right to play one edition: an ES256 token that names no viewer, so that a box or nginx can verify it but not mint it. */
@Injectable()
export class PlayTokens {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor(@Inject(CONFIG) config: ApiConfig) {
    this.privateKey = createPrivateKey(config.playSigningKey);
    this.publicKey = createPublicKey(this.privateKey);
  }

  /** Lives max(12 h, 2 x the edition's length). */
  async mint(editionId: string, durationMs: number, now = Date.now()): Promise<{ token: string; expiresAt: Date }> {
    const expiresAt = new Date(now + Math.max(TWELVE_HOURS_MS, 2 * durationMs));
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject(editionId)
      .setExpirationTime(expiresAt)
      .sign(this.privateKey);
    return { token, expiresAt };
  }

  /** @throws {DomainError} `play-token-expired`, or `play-token-invalid` when it is not a right to this edition. */
  async verify(token: string | undefined, editionId: string): Promise<void> {
    try {
      await jwtVerify(token ?? '', this.publicKey, { algorithms: ['ES256'], subject: editionId });
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) {
        throw new DomainError('play-token-expired', 'The right to play has expired. Open the lecture again.', {
          cause,
        });
      }
      throw new DomainError('play-token-invalid', 'This is not a right to play this lecture.', { cause });
    }
  }

  /** By which documents of this house are verified: the point of the public key, base64url. */
  get publicPoint(): string {
    return toBase64Url(pointOfKey(this.publicKey));
  }

  /** Signs a document for those who hold the public key: a compact JWS (ES256) over the JSON. */
  signDocument(document: Readonly<Record<string, unknown>>): Promise<string> {
    return new SignJWT({ ...document }).setProtectedHeader({ alg: 'ES256' }).sign(this.privateKey);
  }
}
