import { recomputeSample } from '#libs/database';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Of each kind, every night: all of a small house, a few seconds' work in a country. */
const ABOUT = 2_000;

/** Recomputes a sample of what is derived from the ledger. What disagrees is noted and shown in /health; nothing is changed. */
@Injectable()
export class Sample {
  private readonly logger = new Logger(Sample.name);

  constructor(private readonly database: DataSource) {}

  async run(signal: AbortSignal): Promise<void> {
    for (const { kind, checked, differing } of await recomputeSample(this.database, ABOUT, signal)) {
      if (differing > 0)
        this.logger.error(`Of ${checked} (${kind}), ${differing} are not what follows from the ledger`);
    }
  }
}
