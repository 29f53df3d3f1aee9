/** Runs what concerns the same subject one after another within this process, and everything else at once. */
export class InTurn {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<T>(subject: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(subject) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.last.set(subject, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(subject) === turn) this.last.delete(subject);
    }
  }
}
