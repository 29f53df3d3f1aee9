import type { SessionResult, TrackingAnswer } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { IngestService } from './ingest.service.js';
import type { Parcel } from './ledger.js';
import { readBatch } from './read-batch.js';
import { reporterOf, type Reporter } from './reporter.js';

const MAX_BATCHES = 1000;

@Injectable()
export class TrackingService {
  constructor(private readonly ingest: IngestService) {}

  /** @throws {DomainError} `invalid-request`, `too-large`, `batch-conflict` of a single batch; of several, each answers for itself. */
  async take(request: unknown, findCaller: () => Promise<Caller>): Promise<TrackingAnswer> {
    const receivedMs = Date.now();
    const results = isBundle(request)
      ? await this.takeSeveral(request, reporterOf(await findCaller()), receivedMs)
      : await this.ingest.ingest(async () => {
          const reporter = reporterOf(await findCaller());
          return { reporter, batch: readBatch(request), receivedMs };
        });
    return { serverTime: new Date().toISOString(), results: [...results] };
  }

  private async takeSeveral({ batches }: Bundle, reporter: Reporter, receivedMs: number): Promise<SessionResult[]> {
    if (!Array.isArray(batches) || batches.length > MAX_BATCHES)
      throw new DomainError('invalid-request', `/batches is a list of at most ${MAX_BATCHES} batches.`);
    const results = batches.map((raw: unknown) => this.takeOneOfSeveral(raw, { reporter, receivedMs }));
    return (await Promise.all(results)).flat();
  }

  private async takeOneOfSeveral(raw: unknown, arrival: Omit<Parcel, 'batch'>): Promise<readonly SessionResult[]> {
    try {
      return await this.ingest.ingest(() => Promise.resolve({ ...arrival, batch: readBatch(raw) }));
    } catch (error) {
      if (error instanceof DomainError) return [refusedWhole(raw, error)];
      throw error;
    }
  }
}

interface Bundle {
  readonly batches: unknown;
}
const isBundle = (request: unknown): request is Bundle =>
  typeof request === 'object' && request !== null && 'batches' in request;

function refusedWhole(raw: unknown, { code }: DomainError): SessionResult {
  const batch = typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id : '';
  const isKnown = code === 'batch-conflict' || code === 'too-large';
  return { batch, session: null, accepted: 0, refused: [], code: isKnown ? code : 'invalid-request' };
}
