import type { SessionResult } from '#libs/contracts';
import { labelOf } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ComeBackLater } from '../http/problem.js';
import { isConnectionLost } from './connection-lost.js';
import { admitParcel, type Desk } from './admission.js';
import { writeEntries } from './entries.queries.js';
import { INGEST_CONNECTIONS, IngestPool } from './ingest-pool.js';
import { batchKey, instant, type Parcel } from './ledger.js';
import { openDesk } from './ledger.queries.js';
import { kept } from './new-session.js';
import { namedIn, relabelled } from './named.js';

const GROUP_PARCELS = 100;
/** A group is judged without a pause, so it must be small enough for those who wait for something else. */
const GROUP_BYTES = 128 * 1024;
/** A second group goes on its way beside the first only when it is worth its own statements and its own flush of the disk. */
const WORTH_A_GROUP = 24;
const MOST_TRIES = 10;

/** Reads a batch and finds out who sends it; fails with what is wrong with either. */
export type Unread = () => Promise<Parcel>;

interface Waiting {
  readonly open: Unread;
  readonly bytes: number;
  readonly resolve: (results: readonly SessionResult[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Opened extends Waiting {
  readonly parcel: Parcel;
}

type Outcome = readonly SessionResult[] | DomainError;

/**
 * Puts batches into the ledger. What arrives while a transaction is under way waits and goes into the next one together
 * (group commit): many answers, one flush of the disk. Acknowledged means committed.
 */
@Injectable()
export class IngestService {
  private readonly waiting: Waiting[] = [];
  private committing = 0;

  constructor(private readonly pool: IngestPool) {}

  /** Resolves after the commit. @throws {DomainError} `batch-conflict` when this id was used for another content. */
  ingest(open: Unread, bytes: number): Promise<readonly SessionResult[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ open, bytes, resolve, reject });
      if (this.committing < INGEST_CONNECTIONS && this.isWorthAGroup(this.committing)) void this.commitAll();
    });
  }

  /** A batch alone goes at once; beside others that are on their way, those that wait go when they fill a group or are many. */
  private isWorthAGroup(others: number): boolean {
    if (others === 0 || this.waiting.length >= WORTH_A_GROUP) return this.waiting.length > 0;
    return this.waiting.reduce((sum, { bytes }) => sum + bytes, 0) >= GROUP_BYTES;
  }

  private async commitAll(): Promise<void> {
    this.committing += 1;
    await nextTurn();
    while (this.isWorthAGroup(this.committing - 1)) {
      const group = await opened(this.nextGroup());
      if (!(await this.commit(group))) for (const one of group) await this.commitAlone(one);
    }
    this.committing -= 1;
  }

  private nextGroup(): Waiting[] {
    let [size, bytes] = [0, 0];
    for (const one of this.waiting) {
      bytes += one.bytes;
      if (size === GROUP_PARCELS || (size > 0 && bytes > GROUP_BYTES)) break;
      size += 1;
    }
    return this.waiting.splice(0, size);
  }

  /** False when the group failed: then each of it is tried alone, so that none can hold up the others. */
  private async commit(group: readonly Opened[]): Promise<boolean> {
    if (group.length === 0) return true;
    try {
      const outcomes = await this.write(group.map(({ parcel }) => parcel));
      outcomes.forEach((outcome, index) => settle(group[index], outcome));
      return true;
    } catch (error) {
      if (isConnectionLost(error)) for (const one of group) one.reject(reasonOf(error));
      return isConnectionLost(error);
    }
  }

  private async commitAlone(one: Opened): Promise<void> {
    try {
      const [outcome] = await this.write([one.parcel]);
      settle(one, outcome);
    } catch (error) {
      one.reject(reasonOf(error));
    }
  }

  /** Judges and writes, again when another process was faster with a session, a batch or a learner of the group. */
  private async write(parcels: readonly Parcel[]): Promise<Outcome[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        const outcomes = await writeParcels(this.pool, parcels);
        if (outcomes) return outcomes;
      } catch (error) {
        if (tries === MOST_TRIES || !isRace(error)) throw error;
      }
    }
  }
}

/** `unique_violation`, `deadlock_detected`, `serialization_failure` (PostgreSQL, Appendix A). */
const RACES = new Set(['23505', '40P01', '40001']);
const isRace = (error: unknown): boolean => error instanceof Error && 'code' in error && RACES.has(String(error.code));

/** A database that is gone comes back, and whatever was on its way is sent again. */
const reasonOf = (error: unknown): unknown =>
  isConnectionLost(error) ? new ComeBackLater('too-busy', Math.ceil(5 + 10 * Math.random())) : error;

/** Opens a group: who sends it is looked up for all of it at once. What cannot be opened is refused, and the rest goes on. */
async function opened(group: readonly Waiting[]): Promise<Opened[]> {
  const parcels = await Promise.all(
    group.map(async (one) => {
      try {
        return [{ ...one, parcel: await one.open() }];
      } catch (error) {
        one.reject(reasonOf(error));
        return [];
      }
    }),
  );
  return parcels.flat();
}

function settle(one: Waiting | undefined, outcome: Outcome | undefined): void {
  if (outcome instanceof DomainError) one?.reject(outcome);
  else if (outcome) one?.resolve(outcome);
}

const erasedMeanwhile = () => new DomainError('not-signed-in', 'Nobody is signed in with this any more.');

async function writeParcels(pool: IngestPool, parcels: readonly Parcel[]): Promise<Outcome[] | undefined> {
  const desk = await openDesk(pool, parcels);
  const outcomes = parcels.map((parcel) => outcomeOf(parcel, desk));
  const isKept = desk.entries.batches.length === 0 || (await writeEntries(pool, desk.entries));
  return isKept ? outcomes : undefined;
}

/** The same batch gets the same answer; another under its id gets none. */
function outcomeOf(arrived: Parcel, desk: Desk): Outcome {
  const { erased } = desk.around;
  if (erased.has(labelOf(arrived.reporter.learnerId ?? ''))) return erasedMeanwhile();
  const parcel = relabelled(arrived, erased);
  for (const id of namedIn(parcel)) if (labelOf(id) !== id) desk.entries.present.add(labelOf(id));
  const { batch, reporter, receivedMs } = parcel;
  const key = { credential: reporter.credential, id: batch.id };
  const known = desk.ledger.batches.get(batchKey(key));
  if (known) {
    const isSame = known.content_hash === batch.contentHash;
    return isSame
      ? known.answer
      : new DomainError('batch-conflict', `Batch ${batch.id} came before with other content.`);
  }
  const row = { ...key, content_hash: batch.contentHash, answer: admitParcel(parcel, desk) };
  desk.entries.batches.push({ ...row, device_id: kept(batch.deviceId), received_at: instant(receivedMs) });
  desk.ledger.batches.set(batchKey(key), row);
  return row.answer;
}
