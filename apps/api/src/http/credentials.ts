import type { RoleGrant } from '#libs/contracts';
import { Device, OutboxToken } from '#libs/database';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource, IsNull, MoreThan } from 'typeorm';
import { type Caller, NOBODY } from './caller.js';
import { signedIn } from './credentials.queries.js';
import { hashOf } from './secrets.js';

const SEEN_EVERY_MS = 5 * 60_000;

export const SESSION_COOKIE = 'lectern_session';

/** Finds out who sends a request: an `Authorization` of a device or an outbox comes before the cookie. */
@Injectable()
export class Credentials {
  constructor(private readonly database: DataSource) {}

  async callerOf(request: FastifyRequest): Promise<Caller> {
    const [scheme, credential] = (request.headers.authorization ?? '').split(' ', 2);
    if (scheme === 'Device' && credential) return this.device(credential);
    if (scheme === 'Outbox' && credential) return this.outbox(credential);
    const cookie = request.cookies[SESSION_COOKIE];
    return cookie ? this.person(cookie) : NOBODY;
  }

  private async person(token: string): Promise<Caller> {
    const row = await signedIn(this.database.manager, hashOf(token));
    if (!row) return NOBODY;
    return {
      kind: 'person',
      id: row.id,
      name: row.name,
      roles: row.roles as RoleGrant[],
      ...(row.learner_id ? { learnerId: row.learner_id } : {}),
      deviceId: row.device_id,
      tokenHash: hashOf(token),
    };
  }

  private async device(credential: string): Promise<Caller> {
    const devices = this.database.getRepository(Device);
    const device = await devices.findOneBy({ secretHash: hashOf(credential), revokedAt: IsNull() });
    if (!device) return NOBODY;
    if (Date.now() - (device.lastSeenAt?.getTime() ?? 0) > SEEN_EVERY_MS) {
      await devices.update(device.id, { lastSeenAt: new Date() });
    }
    return { kind: 'device', deviceId: device.id, siteId: device.siteId };
  }

  private async outbox(token: string): Promise<Caller> {
    const tokens = this.database.getRepository(OutboxToken);
    const found = await tokens.findOneBy({ tokenHash: hashOf(token), expiresAt: MoreThan(new Date()) });
    return found
      ? { kind: 'outbox', learnerId: found.learnerId, deviceId: found.deviceId, tokenHash: found.tokenHash }
      : NOBODY;
  }
}
