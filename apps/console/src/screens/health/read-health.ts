import type { Health } from '#libs/contracts';
import { address, readProblem, unreachable } from '../../server/client';

/** The state of the house. A 503 is an answer here, too: it says what is down. */
export async function readHealth(): Promise<Health> {
  const response = await fetch(address('/health')).catch(() => {
    throw unreachable();
  });
  const text = await response.text();
  if (response.ok || response.status === 503) return JSON.parse(text) as Health;
  throw readProblem(text);
}
