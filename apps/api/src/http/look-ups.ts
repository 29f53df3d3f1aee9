/**
 * Turns many look-ups of one key into few look-ups of many: keys that arrive while one is under way wait for the next
 * together. Nothing is remembered, so what is revoked is gone at once.
 */
export class LookUps<Found> {
  private next: { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, Found>> } | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>) {}

  async find(key: string): Promise<Found | undefined> {
    this.next ??= this.open();
    this.next.keys.add(key);
    return (await this.next.found).get(key);
  }

  private open() {
    const keys = new Set<string>();
    const found = this.running.then(() => {
      this.next = undefined;
      return this.load([...keys]);
    });
    this.running = found.catch(() => undefined);
    return { keys, found };
  }
}
