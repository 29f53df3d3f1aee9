import { type HallCheckIns, type HallClaim, type HallClaimState, type HallKey, MOST_CHECK_INS } from '#libs/contracts';
import { broughtUpToDate } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../http/caller.js';
import { TooManyAttempts } from '../http/problem.js';
import { claimBatch, FIRST_SEQ, gradeOfClaim, handleOf, MOST_SEATS } from './claim-batch.js';
import {
  type ClaimedSession,
  claimedSession,
  decideClaim,
  keepClaim,
  keepKey,
  openCheckIns,
  type PendingClaim,
  pendingClaims,
  sessionOfHandle,
  stateOfClaim,
  waitingClaims,
} from './claims.queries.js';
import { IngestService } from './ingest.service.js';

/** Of halls that have not reported; nobody sits in more at once. */
const MOST_WAITING = 50;
const WAIT_S = 3600;
/** Of a batch with one presence. */
const TYPICAL_BYTES = 500;

const credentialOf = (caller: Caller): string => (caller.kind === 'device' ? `device:${caller.deviceId}` : '');
const unknown = (sessionId: string) => new DomainError('not-found', `There is no such hall session ${sessionId}.`);

/** Check-ins by phone: a learner has read the code off a hall's screen. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly database: DataSource,
    private readonly ingest: IngestService,
  ) {}

  /** @throws {DomainError} `not-found` until the device's batch has told of the session. */
  async tellKey(sessionId: string, { key }: HallKey, caller: Caller): Promise<void> {
    const handle = handleOf(sessionId);
    const kept = Buffer.from(key, 'base64url');
    const isKept = await keepKey(this.database.manager, { sessionId, handle }, credentialOf(caller), kept);
    if (!isKept) throw unknown(sessionId);
    await this.settle(handle);
  }

  /** @throws {DomainError} `not-found` until the device's batch has told of the session. */
  async checkedIn(sessionId: string, caller: Caller): Promise<HallCheckIns> {
    const bounds = { firstSeq: FIRST_SEQ, limit: MOST_CHECK_INS };
    const items = await openCheckIns(this.database.manager, sessionId, credentialOf(caller), bounds);
    if (!items) throw unknown(sessionId);
    return { items, next: null };
  }

  /** Kept until the hall has reported, then judged once. @throws {DomainError} `too-many-attempts` */
  async claim(handle: string, claim: HallClaim, caller: Caller): Promise<HallClaimState> {
    const learnerId = 'learnerId' in caller ? caller.learnerId : undefined;
    if (!learnerId) throw new DomainError('forbidden', 'Only a learner checks in by phone.');
    if ((await waitingClaims(this.database.manager, learnerId)) >= MOST_WAITING) throw new TooManyAttempts(WAIT_S);
    await this.database.transaction((tx) => keepClaim(tx, handle, learnerId, claim, uuidv7()));
    await this.settle(handle);
    return (await stateOfClaim(this.database.manager, handle, learnerId)) ?? { state: 'refused', grade: null };
  }

  private async settle(handle: string): Promise<void> {
    const sessionId = await sessionOfHandle(this.database.manager, handle);
    if (!sessionId) return;
    await broughtUpToDate(this.database, { sessionId });
    const session = await claimedSession(this.database.manager, sessionId);
    if (!session?.started_at) return;
    for (const claim of await pendingClaims(this.database.manager, handle))
      await decideClaim(this.database.manager, handle, claim, await this.judge(session, sessionId, claim));
  }

  private async judge(session: ClaimedSession, sessionId: string, claim: PendingClaim): Promise<HallClaimState> {
    const grade = claim.seat < MOST_SEATS ? gradeOfClaim(session, sessionId, claim) : undefined;
    if (!grade) return { state: 'refused', grade: null };
    const batch = claimBatch(session, sessionId, claim, grade);
    const { credential, site_id } = session;
    const reporter = { credential, learnerId: null, deviceId: null, halls: [site_id] };
    const parcel = { batch, reporter, receivedMs: claim.received_at.getTime() };
    const [result] = await this.ingest.ingest(() => Promise.resolve(parcel), TYPICAL_BYTES);
    return result?.accepted === 1 ? { state: 'counted', grade } : { state: 'refused', grade: null };
  }
}
