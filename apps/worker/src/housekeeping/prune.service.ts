import { ANCHOR_SHARES, prune } from '#libs/database';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { shareOf } from './night.js';

/** Removes what stands beside the ledger once nothing needs it (docs/adr/0025): no total changes. */
@Injectable()
export class Prune {
  private readonly logger = new Logger(Prune.name);

  constructor(private readonly database: DataSource) {}

  async run(now: Date, signal: AbortSignal): Promise<void> {
    const gone = await prune(this.database, shareOf(now, ANCHOR_SHARES), signal);
    if (gone > 0) this.logger.log(`${gone} rows that nothing needs any more are gone`);
  }
}
