import { type Health, ProbeEdition } from '#libs/contracts';
import { JobSender } from '#libs/queue';
import { BlobStore } from '#libs/storage';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { damagedBlobs, disagreements, workersAtWork } from './health.queries.js';

type Check = Health['checks'][string];

const TOO_SLOW_MS = 3_000;
const LITTLE_ROOM_BYTES = 1024 ** 3;
const OK: Check = { status: 'ok' };
const DOWN: Check = { status: 'down' };

/** Whether this process can do its work, and what it stands on. Tells no addresses and no messages of others: it is public. */
@Injectable()
export class HealthService {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: JobSender,
    private readonly blobs: BlobStore,
  ) {}

  async check(): Promise<Health> {
    const [database, queue, storage, workers, sandbox, totals] = await Promise.all([
      inTime(this.database.query('SELECT 1').then(() => OK)),
      inTime(this.jobs.check(ProbeEdition).then(() => OK)),
      inTime(this.storage()),
      inTime(this.workers()),
      inTime(this.sandbox()),
      inTime(this.totals()),
    ]);
    const checks = { database, queue, storage, workers, sandbox, totals };
    return { status: worst(Object.values(checks)), checks };
  }

  private async storage(): Promise<Check> {
    const [{ freeBytes }, damaged] = await Promise.all([this.blobs.check(), damagedBlobs(this.database.manager)]);
    if (damaged > 0) return { status: 'degraded', detail: `${damaged} blobs are damaged`, damagedBlobs: damaged };
    const detail = `${freeBytes} bytes are left`;
    return freeBytes < LITTLE_ROOM_BYTES ? { status: 'degraded', detail, freeBytes } : OK;
  }

  /** Without a worker lectures can be watched, but none gets ready. */
  private async workers(): Promise<Check> {
    const workers = await workersAtWork(this.database.manager);
    return workers.length === 0 ? { status: 'degraded', detail: 'no worker is at work' } : OK;
  }

  /** What confines ffmpeg where it runs: what any worker lacks is named. */
  private async sandbox(): Promise<Check> {
    const workers = await workersAtWork(this.database.manager);
    const missing = [...new Set(workers.flatMap(({ missingProtections }) => missingProtections))].sort();
    return missing.length > 0 ? { status: 'degraded', detail: `missing: ${missing.join(', ')}`, missing } : OK;
  }

  /** Whether records and totals are what follows from the ledger, as far as the nightly sample knows. */
  private async totals(): Promise<Check> {
    const disagreeing = await disagreements(this.database.manager);
    const detail = `${disagreeing} records or totals are not what follows from the ledger`;
    return disagreeing > 0 ? { status: 'degraded', detail, disagreeing } : OK;
  }
}

function worst(checks: readonly Check[]): Check['status'] {
  if (checks.some(({ status }) => status === 'down')) return 'down';
  return checks.some(({ status }) => status === 'degraded') ? 'degraded' : 'ok';
}

/** What fails is down, and so is what does not answer in time. */
async function inTime(check: Promise<Check>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(resolve, TOO_SLOW_MS, DOWN);
  });
  try {
    return await Promise.race([check.catch(() => DOWN), late]);
  } finally {
    clearTimeout(timer);
  }
}
