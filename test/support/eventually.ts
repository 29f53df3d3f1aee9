import { setTimeout as wait } from 'node:timers/promises';

/** Asks until the answer is not undefined: waits for a state, never for a time. @throws {Error} when it does not come. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what} did not come within ${withinMs} ms`);
    await wait(50);
  }
}
