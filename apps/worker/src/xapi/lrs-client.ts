import type { LrsConfig } from '#libs/config';
import { retryAfterMs, lrsVerdictOf, type LrsVerdict } from '#libs/domain';

export interface LrsAnswer {
  readonly verdict: LrsVerdict;
  /** 0 when there was no answer. */
  readonly status: number;
  /** What it said, for whoever mends it. */
  readonly detail: string;
  /** How long it asked us to wait. */
  readonly askedMs: number;
}

const PATIENCE_MS = 30_000;
const MOST_OF_DETAIL = 500;

/** A learning record store, as far as an emitter needs it: `POST statements` (xAPI 1.0.3, part 3, 2.1.2). */
export class LrsClient {
  private readonly headers: Readonly<Record<string, string>>;

  constructor(private readonly lrs: LrsConfig) {
    this.headers = {
      authorization: `Basic ${Buffer.from(`${lrs.key}:${lrs.secret}`).toString('base64')}`,
      'content-type': 'application/json',
      'x-experience-api-version': '1.0.3',
    };
  }

  /** Resolves whatever happens, unless the signal ends it. A redirect is not followed: the key is meant for this address only. */
  async post(statements: readonly unknown[], signal: AbortSignal): Promise<LrsAnswer> {
    try {
      const response = await fetch(`${this.lrs.endpoint}/statements`, {
        method: 'POST',
        headers: this.headers,
        body: JSON.stringify(statements),
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      const { status, headers } = response;
      const askedMs = retryAfterMs(headers.get('retry-after'), Date.now());
      return { verdict: lrsVerdictOf(status), status, detail: await beginningOf(response), askedMs };
    } catch (error) {
      signal.throwIfAborted();
      return { verdict: 'later', status: 0, detail: reasonOf(error), askedMs: 0 };
    }
  }
}

/** Never more than is kept, however much it says. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); !part.done && text.length < MOST_OF_DETAIL; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
  }
  await reader.cancel();
  return text.slice(0, MOST_OF_DETAIL).replaceAll('\0', '');
}

/** Of fetch's own error the cause says more; neither holds what was sent. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, MOST_OF_DETAIL);
}
