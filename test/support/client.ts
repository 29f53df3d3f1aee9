import { signIn } from './people.js';

/** A login, or the headers of a device; `{}` is nobody. */
export type As = string | { readonly authorization?: string };

export interface Answer {
  readonly status: number;
  /** Parsed; a test says what it expects of it. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export type Call = (method: string, path: string, as: As, body?: object, language?: string) => Promise<Answer>;

/** Calls routes under /api/v1 as one of some people, who are signed in here, or as a device. */
export async function clientOf(url: string, logins: readonly string[]): Promise<Call> {
  const cookies = new Map<string, string>();
  for (const login of logins) cookies.set(login, (await signIn(url, login)).cookie);
  return async (method, path, as, body, language = 'en') => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        'accept-language': language,
        ...(typeof as === 'string' ? { cookie: cookies.get(as) ?? '' } : as),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  };
}

/** One field of every item of a page. */
export const eachOf = ({ body }: Answer, field: string): unknown[] =>
  (body as { items: Record<string, unknown>[] }).items.map((item) => item[field]);
