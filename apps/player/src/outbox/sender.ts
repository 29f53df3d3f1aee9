import type { TrackingAnswer } from '#libs/contracts';
import type { Boot } from '../recording/boot.js';
import { Refusal } from '../server/refusal.js';
import type { Outbox } from './outbox.js';
import type { OutboxBatch } from './pending.js';

/** Sends one body under one `Authorization`. @throws {Refusal} */
export type Post = (body: string, authorization: string) => Promise<TrackingAnswer>;

/** What became of a round: all is sent, or when to try again at the earliest, if the server has said so. */
export type Round = { readonly isDone: true } | { readonly isDone: false; readonly retryAfterMs: number | undefined };

/** Answers that another try may change; every other refusal is about the batch itself. */
const TRANSIENT = new Set([0, 404, 408, 425, 429]);
const isTransient = ({ status }: Refusal): boolean => TRANSIENT.has(status) || status >= 500;

/** Empties the outbox, batch by batch; nothing leaves it before the server has committed it or refused it for good. */
export class Sender {
  constructor(
    private readonly outbox: Outbox,
    private readonly post: Post,
    private readonly boot: Boot,
  ) {}

  async sendAll(): Promise<Round> {
    for (;;) {
      const batches = await this.outbox.waiting();
      if (batches.length === 0) return { isDone: true };
      for (const batch of batches) {
        const refusal = await this.send(batch);
        if (refusal) return { isDone: false, retryAfterMs: refusal.retryAfterMs };
      }
    }
  }

  /** @returns the refusal when the round must wait. */
  private async send(batch: OutboxBatch): Promise<Refusal | undefined> {
    const authorization = await this.outbox.authorizationOf(batch.owner);
    if (authorization === undefined) {
      await this.outbox.hold(batch, 'not-signed-in');
      return undefined;
    }
    try {
      const { serverTime } = await this.post(this.letter(batch), authorization);
      await this.outbox.noteAnchor(this.boot.id, { clockMs: Math.round(this.boot.clockMs()), serverTime });
      await this.outbox.acknowledge(batch.id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (isTransient(error)) return error;
      await this.outbox.hold(batch, error.code);
    }
    return undefined;
  }

  /** The clock of a boot that is over no longer runs: only the present one says when it sends. */
  private letter({ content }: OutboxBatch): string {
    const isThisBoot = content.bootId === this.boot.id;
    const sentClockMs = isThisBoot ? Math.round(this.boot.clockMs()) : null;
    return JSON.stringify({ ...content, sentAt: new Date().toISOString(), sentClockMs });
  }
}
