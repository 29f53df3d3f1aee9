import { Worker } from '#libs/database';
import { sandboxSelfTest } from '#libs/media';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { WorkerIdentity } from './worker-identity.js';

const BEAT_MS = 15_000;

/** Tells the house that this worker is here, on which machine, and what confines ffmpeg there. */
@Injectable()
export class AttendanceService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Attendance');
  private timer: NodeJS.Timeout | undefined;
  private missingProtections: readonly string[] = [];

  constructor(
    private readonly database: DataSource,
    private readonly identity: WorkerIdentity,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { missing } = await sandboxSelfTest();
    if (missing.length > 0) this.logger.warn(`ffmpeg runs here without: ${missing.join(', ')}`);
    this.missingProtections = missing;
    await this.beat();
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.database.manager
      .delete(Worker, { id: this.identity.id })
      .catch((error: unknown) => this.logger.warn(error));
  }

  /** A database that is away for a while costs a beat, never the worker. */
  private async beat(): Promise<void> {
    const { id, host, cores } = this.identity;
    try {
      await this.database.query(
        `INSERT INTO worker (id, host, cores, missing_protections) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET beat_at = clock_timestamp()`,
        [id, host, cores, this.missingProtections],
      );
      await this.database.query(`DELETE FROM worker WHERE beat_at < clock_timestamp() - interval '1 day'`);
    } catch (error) {
      this.logger.warn(`No beat of this worker: ${String(error)}`);
    }
  }
}
