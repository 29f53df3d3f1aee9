import type { Outbox, Unsent } from './outbox.js';

/** How much has not reached the server yet, for whoever shows it. */
export class UnsentCount {
  private readonly listeners = new Set<() => void>();
  private value: Unsent = { waiting: 0, held: 0, notYours: 0 };

  constructor(private readonly outbox: Outbox) {}

  readonly current = (): Unsent => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async refresh(): Promise<void> {
    const value = await this.outbox.unsent();
    const { waiting, held, notYours } = this.value;
    if (value.waiting === waiting && value.held === held && value.notYours === notYours) return;
    this.value = value;
    for (const listener of this.listeners) listener();
  }
}
