import { isKnown, waitAfter } from '#libs/domain';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { LrsAnswer, LrsClient } from './lrs-client.js';
import { failuresOf, nextStatements, removeSent, rest, setAside, type Waiting } from './sender.queries.js';

const AT_ONCE = 100;
/** Whoever mends the settings need not wait: the console tries again, and so does a worker that starts. */
const STOPPED_MS = 60 * 60_000;

/**
 * Sends what waits in the outbox, in its order. A statement leaves it when the store is known to have it, so a sender that
 * dies has lost nothing, and what it had sent already is sent again under the same id.
 */
export class Sender {
  private readonly logger = new Logger(Sender.name);

  constructor(
    private readonly database: DataSource,
    private readonly client: LrsClient,
  ) {}

  /** False when nothing is left to do now: all is sent, or the store must be waited for. */
  async sendSome(signal: AbortSignal): Promise<boolean> {
    const waiting = await nextStatements(this.database.manager, AT_ONCE);
    return waiting.length > 0 && (await this.send(waiting, signal));
  }

  private async send(batch: readonly Waiting[], signal: AbortSignal): Promise<boolean> {
    const answer = await this.client.post(
      batch.map(({ statement }) => statement),
      signal,
    );
    switch (answer.verdict) {
      case 'taken':
        return this.remove(batch);
      case 'split':
        return batch.length > 1 ? this.split(batch, signal) : this.judge(batch, answer);
      case 'later':
      case 'stop':
        return this.rest(answer.verdict, answer);
    }
  }

  private async remove(batch: readonly Waiting[]): Promise<true> {
    await removeSent(
      this.database.manager,
      batch.map(({ id }) => id),
    );
    return true;
  }

  /** In order, so that of one registration nothing overtakes. */
  private async split(batch: readonly Waiting[], signal: AbortSignal): Promise<boolean> {
    const middle = batch.length >>> 1;
    return (await this.send(batch.slice(0, middle), signal)) && (await this.send(batch.slice(middle), signal));
  }

  private async judge(batch: readonly Waiting[], { status, detail }: LrsAnswer): Promise<true> {
    if (isKnown(status)) return this.remove(batch);
    for (const { id } of batch) await setAside(this.database.manager, id, status, detail);
    this.logger.warn(`A statement was refused with ${status} and is set aside`);
    return true;
  }

  private async rest(verdict: 'later' | 'stop', { status, detail, askedMs }: LrsAnswer): Promise<false> {
    const failures = await failuresOf(this.database.manager);
    if (verdict === 'stop') await rest(this.database.manager, 'stopped', status, STOPPED_MS);
    else await rest(this.database.manager, 'waiting', status, waitAfter(failures, askedMs, Math.random()));
    if (failures === 0) this.logger.warn(`The learning record store does not take statements (${status}): ${detail}`);
    return false;
  }
}
