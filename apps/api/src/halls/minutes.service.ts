import type { HallMinutes, RoleName } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { ComeBackLater, InvalidRequest } from '../http/problem.js';
import { withoutMetadata } from './jpeg.js';
import { hallOf, mayKeepPhoto, photoOf, writeMinutes } from './minutes.queries.js';

/** Who may see names at a site may see what was written there. */
const KEEPERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];

/** A device that has kept its share of photos for today. */
const COME_BACK_S = 3600;

/** Who spoke in a hall, and its paper minutes. */
@Injectable()
export class MinutesService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
  ) {}

  /**
   * @throws {DomainError} `not-found` until the device's batch has told of the session; `invalid-request` for no JPEG;
   *   `too-fast` for more photos than a hall takes in a day.
   */
  async write(sessionId: string, { speakers, photo }: HallMinutes, caller: Caller): Promise<void> {
    const credential = caller.kind === 'device' ? `device:${caller.deviceId}` : '';
    const siteId = await hallOf(this.database.manager, sessionId, credential);
    if (siteId === undefined) throw unknown(sessionId);
    const written = { sessionId, siteId, speakers, photo: picture(photo) };
    await this.database.transaction(async (tx) => {
      if (written.photo && !(await mayKeepPhoto(tx, sessionId, credential, written.photo)))
        throw new ComeBackLater('too-fast', COME_BACK_S);
      await writeMinutes(tx, written);
    });
  }

  /** @throws {DomainError} `not-found`, also for those who may not see it. */
  async photo(sessionId: string, caller: Caller): Promise<Buffer> {
    const found = await photoOf(this.database.manager, sessionId);
    const maySee = found && (await this.maySee(found.siteId, caller));
    if (!maySee) throw unknown(sessionId);
    return found.photo;
  }

  private async maySee(siteId: string, caller: Caller): Promise<boolean> {
    if (caller.kind === 'device') return caller.siteId === siteId;
    return this.authority.holds(caller, KEEPERS, { siteId });
  }
}

const unknown = (sessionId: string) => new DomainError('not-found', `There is no such hall session ${sessionId}.`);

function picture(photo: string | null): Buffer | null {
  if (photo === null) return null;
  const clean = withoutMetadata(Buffer.from(photo, 'base64'));
  if (!clean) throw new InvalidRequest([{ pointer: '/photo', detail: 'is not a JPEG' }]);
  return clean;
}
