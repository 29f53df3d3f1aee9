import type { DecideHeld, HeldBatchPage, HeldDecided, HeldQuery, RoleName } from '#libs/contracts';
import { appendAudit, Device } from '#libs/database';
import { DomainError, type ErrorCode } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { keyOf, pageOfRows } from '../http/paging.js';
import { ComeBackLater } from '../http/problem.js';
import { heldView } from './held-view.js';
import { IngestService } from './ingest.service.js';
import type { Parcel } from './ledger.js';
import {
  countUndecided,
  decideHeld,
  type Decision,
  hallsOf,
  type Meant,
  undecided,
  undecidedPage,
} from './quarantine.queries.js';
import { readBatch } from './read-batch.js';
import { type Reporter, reporterOfSigner } from './reporter.js';

const DECIDERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];
const DEED = { release: 'held-batches-released', discard: 'held-batches-discarded' } as const;

/** Why the ledger will never take a batch: something else came under its id, it is none, or who sent it is erased. */
const NEVER: ReadonlySet<ErrorCode> = new Set(['batch-conflict', 'invalid-request', 'too-large', 'not-signed-in']);

type Held = Awaited<ReturnType<typeof undecided>>[number];
/** What became of a batch that was to be released: it needs no decision any more, or it stays as it is. */
type Fate = 'over' | 'left' | Error;

interface Tried {
  readonly over: readonly Held[];
  /** Why some could not be tried. */
  readonly fault?: Error | undefined;
}

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

  /**
   * What is released counts as if it had been taken when it came; what comes meanwhile waits. A batch is decided once the
   * ledger has it, or never can: any other stays as it is. @throws {DomainError} `not-found`, `too-busy`
   */
  async decide(deviceId: string, { decision, only, except }: DecideHeld, caller: Caller): Promise<HeldDecided> {
    const device = await this.deviceOf(deviceId, caller);
    const meant: Meant = { deviceId, only: only ?? null, except: except ?? null, until: new Date() };
    const isAny = await this.note(decision, meant, caller);
    return { batches: isAny ? await this.decideAll(decision, meant, device) : 0 };
  }

  /** One entry for one deed, before the work: whatever of it is done when something fails, somebody has asked for it. */
  private async note(decision: Decision, meant: Meant, caller: Caller): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const batches = await countUndecided(tx, meant);
      const facts = { device: meant.deviceId, batches };
      if (batches > 0) await appendAudit(tx, { by: actorOf(caller), deed: DEED[decision], facts });
      return batches > 0;
    });
  }

  private async decideAll(decision: Decision, meant: Meant, device: Device): Promise<number> {
    let batches = 0;
    const next = (after?: Held) => undecided(this.database.manager, meant, after);
    for (let held = await next(); held.length > 0; held = await next(held.at(-1))) {
      const { over, fault }: Tried = decision === 'release' ? await this.release(held, device) : { over: held };
      batches += await decideHeld(this.database.manager, over, decision);
      if (fault) throw fault;
    }
    return batches;
  }

  private async deviceOf(deviceId: string, caller: Caller): Promise<Device> {
    const device = await this.database.manager.findOneBy(Device, { id: deviceId });
    if (!device || !(await this.authority.holds(caller, DECIDERS, { siteId: device.siteId })))
      throw new DomainError('not-found', `There is no device ${deviceId}.`);
    return device;
  }

  /** Idempotent: what is in the ledger already gets its former answer. */
  private async release(held: readonly Held[], device: Device): Promise<Tried> {
    const fates = await Promise.all(held.map((one) => this.enter(one, device)));
    const over = held.filter((_, at) => fates[at] === 'over');
    return { over, fault: fates.find((fate) => fate instanceof Error) };
  }

  private async enter(held: Held, device: Device): Promise<Fate> {
    try {
      await this.ingest.ingest(() => this.parcelOf(held, device), held.content.length);
      return 'over';
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!(error instanceof DomainError) || error instanceof ComeBackLater) return error;
      return NEVER.has(error.code) ? 'over' : 'left';
    }
  }

  /** As it would have been taken when it came. @throws {DomainError} as `reporterIn` */
  private async parcelOf({ credential, content, received_at }: Held, device: Device): Promise<Parcel> {
    const reporter = await this.reporterIn(credential, device);
    return { batch: readBatch(JSON.parse(content)), reporter, receivedMs: received_at.getTime() };
  }

  /** @throws {DomainError} `forbidden` for an account that is the operator of no site: it may be again. */
  private async reporterIn(credential: string, { id: deviceId, siteId }: Device): Promise<Reporter> {
    const [kind, owner = ''] = credential.split(':');
    if (kind === 'device') return reporterOfSigner({ learnerId: null, deviceId, siteId, isBound: true });
    const halls = await hallsOf(this.database.manager, owner);
    if (kind === 'account' && halls.length === 0)
      throw new DomainError('forbidden', 'This account is the operator of no site.');
    return { credential, learnerId: kind === 'learner' ? owner : null, deviceId, halls };
  }
}
