import type { RoleGrant } from '#libs/contracts';
import { Device } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Caller, NOBODY } from './caller.js';
import {
  type DeviceRow,
  enrolled,
  outboxes,
  type OutboxRow,
  signedIn,
  type SignedInRow,
} from './credentials.queries.js';
import { LookUps } from './look-ups.js';
import { hashOf } from './secrets.js';

const SEEN_EVERY_MS = 5 * 60_000;

export const SESSION_COOKIE = 'lectern_session';

/** What a request shows of who sends it. */
export interface Shown {
  readonly headers: { readonly authorization?: string | undefined };
  readonly cookies: Readonly<Record<string, string | undefined>>;
}

/** Finds out who sends a request: an `Authorization` of a device or an outbox comes before the cookie. */
@Injectable()
export class Credentials {
  private readonly people: LookUps<SignedInRow>;
  private readonly devices: LookUps<DeviceRow>;
  private readonly outboxes: LookUps<OutboxRow>;

  constructor(private readonly database: DataSource) {
    this.people = new LookUps((hashes) => signedIn(database.manager, hashes));
    this.devices = new LookUps((hashes) => enrolled(database, hashes));
    this.outboxes = new LookUps((hashes) => outboxes(database, hashes));
  }

  async callerOf(request: Shown): Promise<Caller> {
    const [scheme, credential] = (request.headers.authorization ?? '').split(' ', 2);
    if (scheme === 'Device' && credential) return this.device(credential);
    if (scheme === 'Outbox' && credential) return this.outbox(credential);
    const cookie = request.cookies[SESSION_COOKIE];
    return cookie ? this.person(cookie) : NOBODY;
  }

  private async person(token: string): Promise<Caller> {
    const row = await this.people.find(hashOf(token));
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
    const device = await this.devices.find(hashOf(credential));
    if (!device) return NOBODY;
    if (Date.now() - (device.last_seen_at?.getTime() ?? 0) > SEEN_EVERY_MS) {
      await this.database.getRepository(Device).update(device.id, { lastSeenAt: new Date() });
    }
    return { kind: 'device', deviceId: device.id, siteId: device.site_id, isBound: device.is_bound };
  }

  private async outbox(token: string): Promise<Caller> {
    const found = await this.outboxes.find(hashOf(token));
    return found
      ? { kind: 'outbox', learnerId: found.learner_id, deviceId: found.device_id, tokenHash: found.token_hash }
      : NOBODY;
  }
}
