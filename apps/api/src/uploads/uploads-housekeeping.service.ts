import type { ApiConfig } from '#libs/config';
import { DomainError } from '#libs/domain';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { validate } from 'uuid';
import { CONFIG } from '../http/config.js';
import { FinishedUploads } from './finished-uploads.service.js';
import { TerminatedUploads } from './terminated-uploads.service.js';
import { UploadStore } from './upload-store.js';
import { openUploads, strays } from './uploads.queries.js';

const EVERY_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** At every start, and every minute: finishes what a crash left whole, frees what nobody came back for. */
@Injectable()
export class UploadsHousekeeping implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Uploads');
  private readonly folder: string;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: DataSource,
    private readonly store: UploadStore,
    private readonly finished: FinishedUploads,
    private readonly terminated: TerminatedUploads,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.folder = join(config.mediaRoot, 'uploads');
  }

  async onApplicationBootstrap(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    this.begin();
    this.timer = setInterval(() => this.begin(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  /** One round; what goes wrong in it is told, and tried again in the next. */
  private begin(): void {
    this.round = this.round.then(() => this.tidy()).catch((error: unknown) => this.logger.error(error));
  }

  async tidy(): Promise<void> {
    await this.terminated.sweepExpired();
    await this.finishWhole();
    await this.sweep();
  }

  private async finishWhole(): Promise<void> {
    for (const { id, bytes, state } of await openUploads(this.database.manager)) {
      if (state === 'verifying' || (await sizeOf(this.store.pathOf(id))) === Number(bytes)) {
        await this.finished.finish(id, 0).catch((error: unknown) => this.tell(id, error));
      }
    }
  }

  /** Another process may be at it, and a file may be another one than announced: neither is our trouble. */
  private tell(id: string, error: unknown): void {
    const isOurs = !(error instanceof DomainError) || error.code.startsWith('storage-');
    if (isOurs) this.logger.error(`Upload ${id} could not be finished: ${String(error)}`);
  }

  /** Removes files that belong to nothing; chunks that wait for their checksum get a day. */
  private async sweep(): Promise<void> {
    const names = await readdir(this.folder);
    const gone = await strays(
      this.database.manager,
      names.filter((name) => validate(name)),
    );
    for (const name of names.filter((other) => other.endsWith('.chunk'))) {
      if (await isOld(join(this.folder, name))) gone.push(name);
    }
    for (const name of gone) await rm(join(this.folder, name), { force: true });
  }
}

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );

const isOld = (path: string): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs < Date.now() - DAY_MS,
    () => false,
  );
