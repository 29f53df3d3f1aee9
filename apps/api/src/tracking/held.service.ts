import type { DecideHeld, HeldBatchPage, HeldDecided, HeldQuery, RoleName } from '#libs/contracts';
import { appendAudit, Device } from '#libs/database';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { heldView } from './held-view.js';
import { IngestService } from './ingest.service.js';
import type { Parcel } from './ledger.js';
import { decideHeld, type HeldBatch, type Meant, undecided, undecidedPage } from './quarantine.queries.js';
import { readBatch } from './read-batch.js';
import { type Reporter, reporterOfSigner } from './reporter.js';

const DECIDERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];
const DEED = { release: 'held-batches-released', discard: 'held-batches-discarded' } as const;

type Held = Pick<HeldBatch, 'credential' | 'id' | 'content' | 'received_at'>;

/** Lets people decide whether what was held aside is a device's own. */
@Injectable()
export class HeldService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly ingest: IngestService,
  ) {}

  /** @throws {DomainError} `not-found` */
  async list(deviceId: string, query: HeldQuery, caller: Caller): Promise<HeldBatchPage> {
    await this.deviceOf(deviceId, caller);
    const rows = await undecidedPage(this.database.manager, deviceId, keyOf(query.after, 3), query.limit);
    return pageOfRows(rows, query.limit, ({ place, id, credential }) => [place, id, credential], heldView);
  }

  /** What is released counts as if it had been taken when it came; what comes meanwhile waits. @throws {DomainError} `not-found` */
  async decide(deviceId: string, { decision, only, except }: DecideHeld, caller: Caller): Promise<HeldDecided> {
    const device = await this.deviceOf(deviceId, caller);
    const meant: Meant = { only: only ?? null, except: except ?? null };
    const askedAt = new Date();
    const next = () => undecided(this.database.manager, deviceId, meant, askedAt);
    let batches = 0;
    for (let held = await next(); held.length > 0; held = await next()) {
      if (decision === 'release') await this.release(held, device);
      batches += await this.database.transaction(async (tx) => {
        const count = await decideHeld(tx, held, decision);
        await appendAudit(tx, {
          by: actorOf(caller),
          deed: DEED[decision],
          facts: { device: deviceId, batches: count },
        });
        return count;
      });
    }
    return { batches };
  }

  private async deviceOf(deviceId: string, caller: Caller): Promise<Device> {
    const device = await this.database.manager.findOneBy(Device, { id: deviceId });
    if (!device || !(await this.authority.holds(caller, DECIDERS, { siteId: device.siteId })))
      throw new DomainError('not-found', `There is no device ${deviceId}.`);
    return device;
  }

  /** Idempotent: what is in the ledger already gets its former answer. */
  private async release(held: readonly Held[], device: Device): Promise<void> {
    const entered = held.map((one) => {
      const open = () => new Promise<Parcel>((resolve) => resolve(parcelOf(one, device)));
      return this.ingest.ingest(open, one.content.length).catch(unlessRefused);
    });
    await Promise.all(entered);
  }
}

/** A batch that the ledger will never take is decided all the same. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof DomainError)) throw error;
  return undefined;
}

/** As it would have been taken when it came. @throws {DomainError} as `reporterIn`, or when it cannot be read */
const parcelOf = ({ credential, content, received_at }: Held, device: Device): Parcel => ({
  batch: readBatch(JSON.parse(content)),
  reporter: reporterIn(credential, device),
  receivedMs: received_at.getTime(),
});

/** @throws {DomainError} `forbidden` for an account without a learner, who has nothing to report and is not the device */
function reporterIn(credential: string, { id, siteId }: Device): Reporter {
  const [kind, owner = null] = credential.split(':');
  if (kind !== 'device' && kind !== 'learner')
    throw new DomainError('forbidden', 'Nothing is watched by this account.');
  return reporterOfSigner({ learnerId: kind === 'learner' ? owner : null, deviceId: id, siteId, isBound: true });
}
