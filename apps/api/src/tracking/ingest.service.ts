import type { SessionResult } from '#libs/contracts';
import { labelOf } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { admitParcel, type Desk } from './admission.js';
import { writeEntries } from './entries.queries.js';
import { INGEST_CONNECTIONS, IngestPool } from './ingest-pool.js';
import { batchKey, instant, type Parcel } from './ledger.js';
import { openDesk } from './ledger.queries.js';
import { kept } from './new-session.js';
import { namedIn, relabelled } from './named.js';

const GROUP_PARCELS = 100;
const MOST_TRIES = 10;

/** Reads a batch and finds out who sends it; fails with what is wrong with either. */
export type Unread = () => Promise<Parcel>;

interface Waiting {
  readonly open: Unread;
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
  ingest(open: Unread): Promise<readonly SessionResult[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ open, resolve, reject });
      if (this.committing < INGEST_CONNECTIONS) void this.commitAll();
    });
  }

  private async commitAll(): Promise<void> {
    this.committing += 1;
    await nextTurn();
    while (this.waiting.length > 0) {
      const group = await opened(this.waiting.splice(0, GROUP_PARCELS));
      if (!(await this.commit(group))) for (const one of group) await this.commitAlone(one);
    }
    this.committing -= 1;
  }

  /** False when the group failed: then each of it is tried alone, so that none can hold up the others. */
  private async commit(group: readonly Opened[]): Promise<boolean> {
    if (group.length === 0) return true;
    const outcomes = await this.write(group.map(({ parcel }) => parcel)).catch(() => undefined);
    outcomes?.forEach((outcome, index) => settle(group[index], outcome));
    return outcomes !== undefined;
  }

  private async commitAlone(one: Opened): Promise<void> {
    try {
      const [outcome] = await this.write([one.parcel]);
      settle(one, outcome);
    } catch (error) {
      one.reject(error);
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

/** Opens a group: who sends it is looked up for all of it at once. What cannot be opened is refused, and the rest goes on. */
async function opened(group: readonly Waiting[]): Promise<Opened[]> {
  const parcels = await Promise.all(
    group.map(async (one) => {
      try {
        return [{ ...one, parcel: await one.open() }];
      } catch (error) {
        one.reject(error);
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
