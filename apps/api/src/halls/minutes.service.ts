import type { HallMinutes } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { Names } from '../http/names.js';
import { ComeBackLater, InvalidRequest } from '../http/problem.js';
import { withoutMetadata } from './jpeg.js';
import { hallOf, mayKeepPhoto, photoOf, writeMinutes } from './minutes.queries.js';

/** A device that has kept its share of photos for today. */
const COME_BACK_S = 3600;

/** Who spoke in a hall, and its paper minutes. */
@Injectable()
export class MinutesService {
  constructor(
    private readonly database: DataSource,
    private readonly names: Names,
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

  /** Names stand on it. @throws {DomainError} `not-found`, also for those who may not see it. */
  async photo(sessionId: string, caller: Caller): Promise<Buffer> {
    const found = await photoOf(this.database.manager, sessionId);
    const maySee = found && (await this.names.mayName(caller, found.siteId));
    if (!maySee) throw unknown(sessionId);
    return found.photo;
  }
}

const unknown = (sessionId: string) => new DomainError('not-found', `There is no such hall session ${sessionId}.`);

function picture(photo: string | null): Buffer | null {
  if (photo === null) return null;
  const clean = withoutMetadata(Buffer.from(photo, 'base64'));
  if (!clean) throw new InvalidRequest([{ pointer: '/photo', detail: 'is not a JPEG' }]);
  return clean;
}
