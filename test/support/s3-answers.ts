import type { ServerResponse } from 'node:http';

/** Answers as object stores write them. */
export const xml = (response: ServerResponse, content: string) =>
  void response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${content}`);

export const refuse = (response: ServerResponse, status: number, code: string) =>
  void response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);

export function partOf(body: Buffer, range = ''): { status: number; part: Buffer } {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (from === undefined) return { status: 200, part: body };
  return { status: 206, part: body.subarray(Number(from), Number(to) + 1) };
}
