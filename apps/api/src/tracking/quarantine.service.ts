import type { BatchHead, SessionResult } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LookUps } from '../http/look-ups.js';
import type { Parcel } from './ledger.js';
import { kept } from './new-session.js';
import { type Arrival, type Doubt, judgeArrivals, keepHeld, laneOf } from './quarantine.queries.js';

/** A batch that waits for somebody's decision: acknowledged, with nothing of it counted. */
export class HeldAside extends Error {
  override readonly name = 'HeldAside';
  readonly results: readonly SessionResult[];

  constructor(batch: string) {
    super('held aside');
    this.results = [{ batch, session: null, accepted: 0, refused: [], code: 'held' }];
  }
}

/** Holds aside what may be the work of a copy of a device. It is acknowledged and lost to nobody, and counts for nothing yet. */
@Injectable()
export class Quarantine {
  private readonly doubts: LookUps<Doubt | null>;

  constructor(private readonly database: DataSource) {
    this.doubts = new LookUps((keys) => judgeArrivals(database, keys));
  }

  /** @throws {HeldAside} when the batch does not go into the ledger. @throws {DomainError} `batch-conflict` */
  async holdIfDoubtful(raw: unknown, parcel: Parcel): Promise<void> {
    const doubt = await this.doubtOf(parcel);
    if (doubt) await this.hold(raw, parcel, doubt);
  }

  private async doubtOf(parcel: Parcel): Promise<Doubt | null> {
    const arrival = arrivalOf(parcel);
    return arrival ? ((await this.doubts.find(JSON.stringify(arrival))) ?? null) : null;
  }

  private async hold(raw: unknown, parcel: Parcel, why: Doubt): Promise<void> {
    const { batch, reporter, receivedMs } = parcel;
    const { decision, isSame } = await keepHeld(this.database.manager, {
      credential: reporter.credential,
      id: batch.id,
      device_id: reporter.deviceId ?? '',
      installation: batch.installation ?? null,
      number: batch.number ?? null,
      why,
      content: kept(JSON.stringify(raw)),
      content_hash: batch.contentHash,
      received_at: new Date(receivedMs),
    });
    if (!isSame) throw new DomainError('batch-conflict', `Batch ${batch.id} came before with other content.`);
    if (decision !== 'release') throw new HeldAside(batch.id);
  }
}

/** Undefined, and so without cost, for those who neither count their batches nor have said which installation they are. */
function arrivalOf({ batch, reporter: { deviceId, credential, isBound } }: Parcel): Arrival | undefined {
  const { installation = null } = batch;
  if (deviceId === null || (installation === null && !isBound)) return undefined;
  return {
    device_id: deviceId,
    credential,
    is_device: credential === `device:${deviceId}`,
    installation,
    lane: laneOf(credential, installation ?? ''),
    number: numberOf(batch, deviceId),
    batch_id: batch.id,
  };
}

/** What was made while the browser was another device, or none, is no batch of this one. */
const numberOf = ({ deviceId, installation, number }: BatchHead, ofDevice: string): number | null =>
  installation !== undefined && deviceId === ofDevice ? (number ?? null) : null;
