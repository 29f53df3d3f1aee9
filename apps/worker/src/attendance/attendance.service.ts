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

  constructor(
    private readonly database: DataSource,
    private readonly identity: WorkerIdentity,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { missing } = await sandboxSelfTest();
    if (missing.length > 0) this.logger.warn(`ffmpeg runs here without: ${missing.join(', ')}`);
    const { id, host, cores } = this.identity;
    await this.database.manager.insert(Worker, { id, host, cores, missingProtections: [...missing] });
    await this.database.query(`DELETE FROM worker WHERE beat_at < clock_timestamp() - interval '1 day'`);
    this.timer = setInterval(() => void this.beat(), BEAT_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.database.manager
      .delete(Worker, { id: this.identity.id })
      .catch((error: unknown) => this.logger.warn(error));
  }

  private async beat(): Promise<void> {
    try {
      await this.database.query(`UPDATE worker SET beat_at = clock_timestamp() WHERE id = $1`, [this.identity.id]);
    } catch (error) {
      this.logger.warn(`No beat of this worker: ${String(error)}`);
    }
  }
}
