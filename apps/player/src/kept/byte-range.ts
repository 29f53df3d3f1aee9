/** First and last byte that a `Range` header asks for of so many (RFC 9110 14.1.2); undefined when it asks for the whole. */
export type AskedRange = { readonly first: number; readonly last: number } | 'unsatisfiable' | undefined;

const ASKED = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/;

export function askedRange(header: string | null, bytes: number): AskedRange {
  const found = ASKED.exec(header ?? '');
  if (!found) return undefined;
  const [from, to, ending] = found.slice(1).map((digits: string | undefined) => (digits ? Number(digits) : undefined));
  const first = from ?? Math.max(0, bytes - (ending ?? 0));
  const last = Math.min(to ?? Infinity, bytes - 1);
  return first > last ? 'unsatisfiable' : { first, last };
}

/** A kept answer, or the part of it that is asked for. */
export async function partOf(whole: Response, range: string | null): Promise<Response> {
  if (range === null) return whole;
  const content = await whole.blob();
  const asked = askedRange(range, content.size);
  const headers = new Headers(whole.headers);
  if (asked === undefined) return new Response(content, { headers });
  if (asked === 'unsatisfiable') {
    headers.set('content-range', `bytes */${content.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { first, last } = asked;
  headers.set('content-range', `bytes ${first}-${last}/${content.size}`);
  headers.set('content-length', String(last - first + 1));
  return new Response(content.slice(first, last + 1), { status: 206, headers });
}
