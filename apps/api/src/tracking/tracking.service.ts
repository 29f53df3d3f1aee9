import type { ApiConfig } from '#libs/config';
import type { SessionResult, TrackingAnswer } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { CONFIG } from '../http/config.js';
import { ComeBackLater } from '../http/problem.js';
import { IngestService, type Unread } from './ingest.service.js';
import { Intake } from './intake.js';
import type { Parcel } from './ledger.js';
import { HeldAside, Quarantine } from './quarantine.service.js';
import { readBatch } from './read-batch.js';
import { type Reporter, reporterOf } from './reporter.js';

const MAX_BATCHES = 1000;

@Injectable()
export class TrackingService {
  private readonly intake: Intake;

  constructor(
    private readonly ingest: IngestService,
    private readonly quarantine: Quarantine,
    @Inject(CONFIG) { ingestLimits }: Pick<ApiConfig, 'ingestLimits'>,
  ) {
    this.intake = new Intake(ingestLimits);
  }

  /**
   * @throws {DomainError} `too-fast`, `too-busy`; `invalid-request`, `too-large`, `batch-conflict` of a single batch; of
   * several, each answers for itself.
   */
  async take({ body, sender, bytes, findCaller }: Delivery): Promise<TrackingAnswer> {
    const receivedMs = Date.now();
    const batches = isBundle(body) ? batchesOf(body) : [body];
    const findReporter = async () => {
      const caller = await findCaller();
      this.intake.belongs(sender, ownerOf(caller));
      return reporterOf(caller);
    };
    // Who is nobody takes no room with a thousand batches.
    const known = isBundle(body) ? await findReporter() : undefined;
    const leave = this.intake.enter({ sender, bytes, batches: batches.length }, receivedMs, Math.random());
    try {
      const results = known
        ? await this.takeSeveral(batches, bytes, { reporter: known, receivedMs })
        : await this.enter(
            body,
            async () => ({ reporter: await findReporter(), batch: readBatch(body), receivedMs }),
            bytes,
          );
      return { serverTime: new Date().toISOString(), results: [...results] };
    } finally {
      leave();
    }
  }

  /** Batches that were made here of something else, under the same limits, each answered for. @throws {DomainError} `too-fast`, `too-busy` */
  async takeMade(made: readonly MadeBatch[], caller: Caller): Promise<(readonly SessionResult[])[]> {
    const receivedMs = Date.now();
    const [sender, bytes] = [`made ${ownerOf(caller)}`, JSON.stringify(made).length];
    this.intake.belongs(sender, ownerOf(caller));
    const leave = this.intake.enter({ sender, bytes, batches: made.length }, receivedMs, Math.random());
    const open = ({ batch, reporter }: MadeBatch) => Promise.resolve({ batch: readBatch(batch), reporter, receivedMs });
    try {
      return await Promise.all(made.map((one) => this.ingest.ingest(() => open(one), bytes / made.length)));
    } finally {
      leave();
    }
  }

  /** Batches that somebody has carried here for whoever reports them; each answers for itself. @throws {DomainError} `too-fast`, `too-busy` */
  async takeCarried(batches: readonly unknown[], reporter: Reporter): Promise<SessionResult[]> {
    const receivedMs = Date.now();
    const [sender, bytes] = [`carried ${reporter.credential}`, JSON.stringify(batches).length];
    const leave = this.intake.enter({ sender, bytes, batches: batches.length }, receivedMs, Math.random());
    try {
      return await this.takeSeveral(batches, bytes, { reporter, receivedMs });
    } finally {
      leave();
    }
  }

  /** Into the ledger, or aside when it may be a copy's. */
  private async enter(raw: unknown, open: Unread, bytes: number): Promise<readonly SessionResult[]> {
    const opened = async () => {
      const parcel = await open();
      await this.quarantine.holdIfDoubtful(raw, parcel);
      return parcel;
    };
    try {
      return await this.ingest.ingest(opened, bytes);
    } catch (error) {
      if (error instanceof HeldAside) return error.results;
      throw error;
    }
  }

  private async takeSeveral(
    batches: readonly unknown[],
    bytes: number,
    arrival: Omit<Parcel, 'batch'>,
  ): Promise<SessionResult[]> {
    const each = bytes / batches.length;
    return (await Promise.all(batches.map((raw) => this.takeOneOfSeveral(raw, each, arrival)))).flat();
  }

  private async takeOneOfSeveral(
    raw: unknown,
    bytes: number,
    arrival: Omit<Parcel, 'batch'>,
  ): Promise<readonly SessionResult[]> {
    try {
      return await this.enter(raw, () => Promise.resolve({ ...arrival, batch: readBatch(raw) }), bytes);
    } catch (error) {
      if (error instanceof DomainError && !(error instanceof ComeBackLater)) return [refusedWhole(raw, error)];
      throw error;
    }
  }
}

/** A batch, and who answers for it. */
export interface MadeBatch {
  readonly batch: unknown;
  readonly reporter: Reporter;
}

/** A request as it arrived. */
export interface Delivery {
  readonly body: unknown;
  readonly bytes: number;
  /** A hash of the credential that it shows, true or not. */
  readonly sender: string;
  readonly findCaller: () => Promise<Caller>;
}

/** Whose share of this process a caller uses: that of their site or their own. */
function ownerOf(caller: Caller): string {
  if (caller.kind === 'device') return `site:${caller.siteId}`;
  if (caller.kind === 'nobody') return caller.kind;
  return `learner:${caller.kind === 'outbox' ? caller.learnerId : (caller.learnerId ?? caller.id)}`;
}

interface Bundle {
  readonly batches: unknown;
}
const isBundle = (request: unknown): request is Bundle =>
  typeof request === 'object' && request !== null && 'batches' in request;

function batchesOf({ batches }: Bundle): readonly unknown[] {
  if (Array.isArray(batches) && batches.length <= MAX_BATCHES) return batches as unknown[];
  throw new DomainError('invalid-request', `/batches is a list of at most ${MAX_BATCHES} batches.`);
}

function refusedWhole(raw: unknown, { code }: DomainError): SessionResult {
  const batch = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id : '';
  const isKnown = code === 'batch-conflict' || code === 'too-large';
  return { batch, session: null, accepted: 0, refused: [], code: isKnown ? code : 'invalid-request' };
}
