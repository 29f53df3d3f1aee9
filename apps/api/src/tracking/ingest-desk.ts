import { MAX_BATCH_BYTES } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { admit } from '../http/access.guard.js';
import type { Caller } from '../http/caller.js';
import { Credentials, SESSION_COOKIE, type Shown } from '../http/credentials.js';
import { hashOf } from '../http/secrets.js';
import { TrackingService } from './tracking.service.js';

export const BATCHES_PATH = '/api/v1/tracking/batches';

/** A request to take batches as it arrived, in words that may cross to another thread. */
export interface Arrived {
  /** JSON, as far as the sender is to be believed. */
  readonly body: string;
  readonly bytes: number | undefined;
  readonly authorization: string | undefined;
  /** Of the cookie of somebody who is signed in. */
  readonly session: string | undefined;
}

/**
 * Where batches that came by network are opened, and answered with a text of JSON. Who sends is looked up when a group of
 * batches is opened, for all of it at once; nothing is remembered, so what is revoked is gone.
 */
@Injectable()
export class IngestDesk {
  constructor(
    private readonly credentials: Credentials,
    private readonly tracking: TrackingService,
  ) {}

  /** @throws {DomainError} what is wrong with the request as a whole */
  async take({ body, bytes, authorization, session }: Arrived): Promise<string> {
    const shown = { headers: { authorization }, cookies: { [SESSION_COOKIE]: session } };
    const request = parsed(body);
    if (request === undefined) await this.refuse(shown);
    const answer = await this.tracking.take({
      body: request,
      bytes: bytes ?? MAX_BATCH_BYTES,
      sender: hashOf(authorization ?? session ?? 'nobody'),
      findCaller: () => this.callerOf(shown),
    });
    return JSON.stringify(answer);
  }

  /** Who may not send anything is told that, whatever they sent. */
  private async refuse(shown: Shown): Promise<never> {
    await this.callerOf(shown);
    throw new DomainError('invalid-request', 'The body is not JSON.');
  }

  /** @throws {DomainError} `not-signed-in`, `forbidden` */
  private async callerOf(shown: Shown): Promise<Caller> {
    const caller = await this.credentials.callerOf(shown);
    admit(caller, 'POST', BATCHES_PATH);
    return caller;
  }
}

/** Undefined when it is no JSON. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
