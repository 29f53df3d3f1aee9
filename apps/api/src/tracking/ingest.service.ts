import type { SessionResult } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { admitParcel, openings } from './admission.js';
import { writeEntries } from './entries.queries.js';
import { batchKey, instant, noEntries, type Parcel } from './ledger.js';
import { openLedger, surroundings } from './ledger.queries.js';

const GROUP_PARCELS = 100;

interface Waiting {
  readonly parcel: Parcel;
  readonly resolve: (results: readonly SessionResult[]) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = readonly SessionResult[] | DomainError;

/**
 * Puts batches into the ledger. What arrives while a transaction is under way waits and goes into the next one together
 * (group commit): many answers, one flush of the disk. Acknowledged means committed.
 */
@Injectable()
export class IngestService {
  private readonly waiting: Waiting[] = [];
  private isCommitting = false;

  constructor(private readonly database: DataSource) {}

  /** Resolves after the commit. @throws {DomainError} `batch-conflict` when this id was used for another content. */
  ingest(parcel: Parcel): Promise<readonly SessionResult[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ parcel, resolve, reject });
      if (!this.isCommitting) void this.commitAll();
    });
  }

  private async commitAll(): Promise<void> {
    this.isCommitting = true;
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, GROUP_PARCELS);
      if (!(await this.commit(group))) for (const one of group) await this.commitAlone(one);
    }
    this.isCommitting = false;
  }

  /** False when the group failed: then each of it is tried alone, so that none can hold up the others. */
  private async commit(group: readonly Waiting[]): Promise<boolean> {
    const outcomes = await this.write(group.map(({ parcel }) => parcel)).catch(() => undefined);
    outcomes?.forEach((outcome, index) => settle(group[index], outcome));
    return outcomes !== undefined;
  }

  private async commitAlone(one: Waiting): Promise<void> {
    try {
      const [outcome] = await this.write([one.parcel]);
      settle(one, outcome);
    } catch (error) {
      one.reject(error);
    }
  }

  private write(parcels: readonly Parcel[]): Promise<Outcome[]> {
    return this.database.transaction((db) => writeParcels(db, parcels));
  }
}

function settle(one: Waiting | undefined, outcome: Outcome | undefined): void {
  if (outcome instanceof DomainError) one?.reject(outcome);
  else if (outcome) one?.resolve(outcome);
}

async function writeParcels(db: EntityManager, parcels: readonly Parcel[]): Promise<Outcome[]> {
  const around = await surroundings(db, parcels);
  const ledger = await openLedger(db, openings(parcels, around), parcels);
  const desk = { around, ledger, entries: noEntries() };
  const outcomes = parcels.map((parcel): Outcome => {
    const { batch, reporter, receivedMs } = parcel;
    const key = { credential: reporter.credential, id: batch.id };
    const known = ledger.batches.get(batchKey(key));
    if (known && known.content_hash !== batch.contentHash)
      return new DomainError('batch-conflict', `Batch ${batch.id} came before with other content.`);
    if (known) return known.answer;
    const answer = admitParcel(parcel, desk);
    const row = { ...key, content_hash: batch.contentHash, answer };
    desk.entries.batches.push({
      ...row,
      device_id: batch.deviceId.replaceAll('\0', ''),
      received_at: instant(receivedMs),
    });
    ledger.batches.set(batchKey(key), row);
    return answer;
  });
  if (desk.entries.batches.length > 0) await writeEntries(db, desk.entries);
  return outcomes;
}
