import { catchUp, foldUnits } from '#libs/database';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource } from 'typeorm';

const REST_MS = 5_000;
const SESSIONS_AT_ONCE = 200;
const SITE_DAYS_AT_ONCE = 2_000;

/** Keeps coverage, credit and the totals of sites and units up to date with the ledger: within seconds, on any number of workers. */
@Injectable()
export class DerivationService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(DerivationService.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly database: DataSource) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const isBehind = [await this.deriveSome(), await this.foldSome()].includes(true);
      if (!isBehind) await wait(REST_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async deriveSome(): Promise<boolean> {
    try {
      return (await catchUp(this.database, 'anybody', SESSIONS_AT_ONCE)) === SESSIONS_AT_ONCE;
    } catch (error) {
      this.logger.error('Deriving from the ledger failed; it is tried again', error);
      return false;
    }
  }

  private async foldSome(): Promise<boolean> {
    try {
      return (await foldUnits(this.database, SITE_DAYS_AT_ONCE)) === SITE_DAYS_AT_ONCE;
    } catch (error) {
      this.logger.error('Folding the totals of units failed; it is tried again', error);
      return false;
    }
  }
}
