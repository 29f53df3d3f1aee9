import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Flags } from './flags.service.js';
import { Fold } from './fold.service.js';
import { isNight, shareOf } from './night.js';
import { Prune } from './prune.service.js';
import { beginRound, endTurn, takeTurn } from './rounds.queries.js';
import { Sample } from './sample.service.js';
import { ScratchSweep } from './scratch-sweep.service.js';
import { Scrub, SHARES } from './scrub.service.js';
import { SLOTS, Sweep } from './sweep.service.js';

const HOUR_MS = 3_600_000;
/** Timers of several workers are not alike: a little less than an hour, half a day. */
const BETWEEN_SWEEPS_MS = 0.9 * HOUR_MS;
const BETWEEN_NIGHTS_MS = 12 * HOUR_MS;

/**
 * At the start and every hour: each worker tidies its own scratch, one of all sweeps the store, and at night scrubs it,
 * folds what is old enough and removes what nothing needs, recomputes a sample of what is derived, and looks for what is odd in the ledger.
 */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Housekeeping.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: DataSource,
    private readonly scratch: ScratchSweep,
    private readonly sweep: Sweep,
    private readonly scrub: Scrub,
    private readonly sample: Sample,
    private readonly flags: Flags,
    private readonly fold: Fold,
    private readonly prune: Prune,
  ) {}

  onApplicationBootstrap(): void {
    this.begin();
    this.timer = setInterval(() => this.begin(), HOUR_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort(new Error('The worker stops.'));
    await this.round;
  }

  private begin(): void {
    this.round = this.round
      .then(() => this.tidy(new Date()))
      .catch((error: unknown) => {
        if (!this.stopping.signal.aborted) this.logger.error(`Housekeeping goes on in an hour: ${String(error)}`);
      });
  }

  async tidy(now: Date): Promise<void> {
    const { signal } = this.stopping;
    await this.scratch.run();
    await this.inTurn(async () => {
      const db = this.database.manager;
      if (await beginRound(db, 'sweep', BETWEEN_SWEEPS_MS)) {
        await this.sweep.run(now.getUTCHours() % SLOTS, signal);
        await this.scrub.lookAgain();
      }
      if (isNight(now)) await this.atNight(now);
    });
  }

  private async atNight(now: Date): Promise<void> {
    const { signal } = this.stopping;
    const isDue = (name: 'scrub' | 'fold' | 'sample' | 'flags' | 'prune') =>
      beginRound(this.database.manager, name, BETWEEN_NIGHTS_MS);
    if (await isDue('scrub')) await this.scrub.run(shareOf(now, SHARES), signal);
    if (await isDue('fold')) await this.fold.run(signal);
    if (await isDue('prune')) await this.prune.run(now, signal);
    if (await isDue('sample')) await this.sample.run(signal);
    if (await isDue('flags')) await this.flags.run(now, signal);
  }

  /** The lock ends with its connection, should this worker die; nothing here is unsafe when two do it at once. */
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
