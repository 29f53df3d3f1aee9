import type { LrsConfig } from '#libs/config';
import { tellSettled } from '#libs/database';
import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { LrsClient } from './lrs-client.js';
import { Sender } from './sender.js';
import { announce, endTurn, noteSeen, takeTurn } from './sender.queries.js';

const REST_MS = 5_000;
const TELLINGS_A_ROUND = 500;

/** Tells a learning record store what is watched: any number of workers write the outbox, one at a time sends it. */
export class XapiService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(XapiService.name);
  private readonly stopping = new AbortController();
  private readonly sender: Sender;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly lrs: LrsConfig,
  ) {
    this.sender = new Sender(database, new LrsClient(lrs));
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort(new Error('The worker stops.'));
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let isAnnounced = false;
    while (!signal.aborted) {
      isAnnounced = (await this.attempt(isAnnounced)) || isAnnounced;
      await wait(REST_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async attempt(isAnnounced: boolean): Promise<boolean> {
    try {
      if (!isAnnounced) await announce(this.database.manager, this.lrs);
      await this.round();
      return true;
    } catch (error) {
      if (!this.stopping.signal.aborted)
        this.logger.error('Telling the learning record store failed; it is tried again', error);
      return false;
    }
  }

  async round(): Promise<void> {
    const { signal } = this.stopping;
    await noteSeen(this.database.manager);
    for (let told = 0; told < TELLINGS_A_ROUND && !signal.aborted; told += 1) {
      if (!(await tellSettled(this.database, this.lrs.home))) break;
    }
    await this.inTurn(async () => {
      while (!signal.aborted && (await this.sender.sendSome(signal)));
    });
  }

  /** The lock ends with its connection, should this worker die. Two that send at once do no harm: ids are derived. */
  private async inTurn(act: () => Promise<void>): Promise<void> {
    const connection = this.database.createQueryRunner();
    try {
      if (!(await takeTurn(connection))) return;
      await act().finally(() => endTurn(connection));
    } finally {
      await connection.release();
    }
  }
}
