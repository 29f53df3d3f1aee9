import type { SessionResult, TrackingAnswer } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { IngestService } from './ingest.service.js';
import { Quarantine } from './quarantine.service.js';
import { readBatch } from './read-batch.js';
import { reporterOf, type Reporter } from './reporter.js';

const MAX_BATCHES = 1000;

@Injectable()
export class TrackingService {
  constructor(
    private readonly ingest: IngestService,
    private readonly quarantine: Quarantine,
  ) {}

  /** @throws {DomainError} `invalid-request`, `too-large`, `batch-conflict` of a single batch; of several, each answers for itself. */
  async take(request: unknown, caller: Caller): Promise<TrackingAnswer> {
    const reporter = reporterOf(caller);
    const several = bundled(request);
    const results = several ? await this.takeSeveral(several, reporter) : await this.takeOne(request, reporter);
    return { serverTime: new Date().toISOString(), results: [...results] };
  }

  /** Each answers for itself. */
  async takeSeveral(batches: readonly unknown[], reporter: Reporter): Promise<readonly SessionResult[]> {
    const results = await Promise.all(batches.map((raw) => this.takeOneOfSeveral(raw, reporter)));
    return results.flat();
  }

  private async takeOne(raw: unknown, reporter: Reporter): Promise<readonly SessionResult[]> {
    const parcel = { batch: readBatch(raw), reporter, receivedMs: Date.now() };
    return (await this.quarantine.holdIfDoubtful(raw, parcel)) ?? this.ingest.ingest(parcel);
  }

  private async takeOneOfSeveral(raw: unknown, reporter: Reporter): Promise<readonly SessionResult[]> {
    try {
      return await this.takeOne(raw, reporter);
    } catch (error) {
      if (error instanceof DomainError) return [refusedWhole(raw, error)];
      throw error;
    }
  }
}

/** @throws {DomainError} `invalid-request` when `batches` is there and is no list of batches. */
export function bundled(request: unknown): unknown[] | undefined {
  if (typeof request !== 'object' || request === null || !('batches' in request)) return undefined;
  const { batches } = request;
  if (Array.isArray(batches) && batches.length <= MAX_BATCHES) return batches as unknown[];
  throw new DomainError('invalid-request', `/batches is a list of at most ${MAX_BATCHES} batches.`);
}

function refusedWhole(raw: unknown, { code }: DomainError): SessionResult {
  const batch = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id : '';
  const isKnown = code === 'batch-conflict' || code === 'too-large';
  return { batch, session: null, accepted: 0, refused: [], code: isKnown ? code : 'invalid-request' };
}
