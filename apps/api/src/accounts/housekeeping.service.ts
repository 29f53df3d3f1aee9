import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { forgetExpired } from './housekeeping.queries.js';

const EVERY_MS = 10 * 60_000;

/** Forgets sessions, tokens, codes and failures whose time is over. */
@Injectable()
export class HousekeepingService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(HousekeepingService.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: DataSource) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.forget(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async forget(): Promise<void> {
    try {
      await forgetExpired(this.database.manager);
    } catch (error) {
      this.logger.warn(`What has expired could not be forgotten: ${String(error)}`);
    }
  }
}
