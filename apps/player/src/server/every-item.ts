import type { Page } from '#libs/contracts';

/** Reads one path. @throws {Refusal} */
export type Ask = <T>(path: string) => Promise<T>;

/** A keyset-paged list to its end, page after page as they are wanted. @throws {Refusal} */
export async function* everyItem<T>(ask: Ask, path: string): AsyncGenerator<T> {
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
    const page: Page<T> = await ask<Page<T>>(`${path}${after}`);
    yield* page.items;
    next = page.next;
  }
}
