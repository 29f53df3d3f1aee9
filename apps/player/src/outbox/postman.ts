import type { Sender } from './sender.js';

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Doubles with every failure, spread by half so that a county whose link comes back does not knock all at once. */
export function waitMs(failures: number, retryAfterMs: number | undefined, chance: number): number {
  const backOffMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return (retryAfterMs ?? 0) + backOffMs * (0.5 + chance / 2);
}

/** Of all tabs one sends. Where the browser has no locks, two may send the same batch, which changes nothing. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? locks.request('lectern-outbox', work) : work();
}

/** Decides when the outbox is emptied: when asked, when the link comes back, and again after a failure. */
export class Postman {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  /** Until then the server has asked to be left alone. */
  private notBeforeMs = 0;
  private isBusy = false;
  private isAskedAgain = false;

  constructor(
    private readonly sender: Sender,
    private readonly onRound: () => void,
  ) {}

  /** A link that has just come back is no reason to go on waiting, unless the server has said for how long. */
  readonly onLinkBack = (): void => {
    if (performance.now() < this.notBeforeMs) return;
    this.failures = 0;
    this.send();
  };

  /** Sends soon, unless a failure is being waited out. */
  nudge(): void {
    if (this.failures === 0) this.send();
  }

  private send(): void {
    clearTimeout(this.timer);
    if (this.isBusy) this.isAskedAgain = true;
    else void this.round();
  }

  private async round(): Promise<void> {
    this.isBusy = true;
    const round = await alone(() => this.sender.sendAll()).finally(() => {
      this.isBusy = false;
    });
    this.failures = round.isDone ? 0 : this.failures + 1;
    this.notBeforeMs = round.isDone ? 0 : performance.now() + (round.retryAfterMs ?? 0);
    this.onRound();
    if (round.isDone && this.isAskedAgain) this.send();
    if (!round.isDone)
      this.timer = setTimeout(() => this.send(), waitMs(this.failures, round.retryAfterMs, Math.random()));
    this.isAskedAgain = false;
  }
}
