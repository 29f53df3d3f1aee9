import type { TrackingAnswer } from '#libs/contracts';
import type { Boot } from '../recording/boot.js';
import { Refusal } from '../server/refusal.js';
import type { Outbox } from './outbox.js';
import type { OutboxBatch } from './pending.js';
import { NOT_YOURS, somebodyElses } from './somebody-elses.js';

/** Sends one body under one `Authorization`. @throws {Refusal} */
export type Post = (body: string, authorization: string) => Promise<TrackingAnswer>;

/** What became of a round: all is sent, or when to try again at the earliest, if the server has said so. */
export type Round = { readonly isDone: true } | { readonly isDone: false; readonly retryAfterMs: number | undefined };

/** Answers that another try may change; every other refusal is about the batch itself. */
const TRANSIENT = new Set([0, 404, 408, 425, 429]);
const isTransient = ({ status }: Refusal): boolean => TRANSIENT.has(status) || status >= 500;

/** After as many answers of 5xx a batch no longer holds up those behind it; a server that says when to come back only has no room. */
const MOST_FAILURES = 3;

/** Empties the outbox, batch by batch; nothing leaves it before the server has committed it or refused it for good. */
export class Sender {
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly outbox: Outbox,
    private readonly post: Post,
    private readonly boot: Boot,
  ) {}

  async sendAll(): Promise<Round> {
    for (;;) {
      const batches = await this.outbox.waiting(this.isStuck);
      const moving = batches.filter((batch) => !this.isStuck(batch));
      for (const batch of moving) {
        const refusal = await this.send(batch);
        if (refusal) return { isDone: false, retryAfterMs: refusal.retryAfterMs };
      }
      if (moving.length === 0) return this.sendStuck(batches);
    }
  }

  /** On which the server fails again and again: those behind it go first, and it is tried once a round. */
  private readonly isStuck = ({ id }: OutboxBatch): boolean => (this.failures.get(id) ?? 0) >= MOST_FAILURES;

  private async sendStuck(batches: readonly OutboxBatch[]): Promise<Round> {
    let last: Refusal | undefined;
    for (const batch of batches) last = (await this.send(batch)) ?? last;
    return last ? { isDone: false, retryAfterMs: last.retryAfterMs } : { isDone: true };
  }

  /** @returns the refusal when the round must wait. */
  private async send(batch: OutboxBatch): Promise<Refusal | undefined> {
    const authorization = await this.outbox.authorizationOf(batch.owner);
    if (authorization === undefined) {
      await this.outbox.hold(batch, 'not-signed-in');
      return undefined;
    }
    try {
      await this.answered(batch, await this.post(this.letter(batch), authorization));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status >= 500 && error.retryAfterMs === undefined)
        this.failures.set(batch.id, (this.failures.get(batch.id) ?? 0) + 1);
      if (isTransient(error)) return error;
      await this.outbox.hold(batch, error.code);
    }
    return undefined;
  }

  private async answered(batch: OutboxBatch, { serverTime, results }: TrackingAnswer): Promise<void> {
    await this.outbox.noteAnchor(this.boot.id, { clockMs: Math.round(this.boot.clockMs()), serverTime });
    const refused = somebodyElses(batch, results);
    if (refused) await this.outbox.hold(batch, NOT_YOURS, refused);
    else await this.outbox.acknowledge(batch.id);
  }

  /** The clock of a boot that is over no longer runs: only the present one says when it sends. */
  private letter({ content }: OutboxBatch): string {
    const isThisBoot = content.bootId === this.boot.id;
    const sentClockMs = isThisBoot ? Math.round(this.boot.clockMs()) : null;
    return JSON.stringify({ ...content, sentAt: new Date().toISOString(), sentClockMs });
  }
}
