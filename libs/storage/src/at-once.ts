/** Does something with each item, a few at once; the first failure ends it when those under way have ended. */
export async function eachAtOnce<T>(items: Iterable<T>, limit: number, act: (item: T) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  let failed = false;
  const take = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done && !failed; next = waiting.next()) {
      await act(next.value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: limit }, take));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
