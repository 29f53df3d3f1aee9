import { DomainError } from '#libs/domain';
import { Metadata } from '@tus/server';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

export const TUS_VERSION = '1.0.0';
export const TUS_EXTENSIONS = 'creation,creation-with-upload,creation-defer-length,expiration,checksum,termination';
export const UPLOAD_CONTENT = 'application/offset+octet-stream';

/** `X-HTTP-Method-Override` on a POST decides, for clients whose network lets no PATCH or DELETE through (tus, Core). */
export function methodOf(method: string, headers: IncomingHttpHeaders): string {
  const override = headers['x-http-method-override'];
  return method === 'POST' && typeof override === 'string' ? override.toUpperCase() : method;
}

/** @throws {DomainError} `tus-version`: nothing of such a request is processed. */
export function assertVersion(headers: IncomingHttpHeaders): void {
  if (headers['tus-resumable'] !== TUS_VERSION) {
    throw new DomainError('tus-version', `Tus-Resumable must be ${TUS_VERSION}.`);
  }
}

/** A PATCH, or a POST that brings bytes, says so by its Content-Type. @throws {DomainError} `unsupported-media-type` */
export function assertContent(method: string, headers: IncomingHttpHeaders): void {
  const needed = method === 'PATCH' || (method === 'POST' && hasBody(headers));
  if (needed && headers['content-type'] !== UPLOAD_CONTENT) {
    throw new DomainError('unsupported-media-type', `The Content-Type must be ${UPLOAD_CONTENT}.`);
  }
}

export const hasBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const WholeNumber = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** Bytes, by a header that must be there. @throws {DomainError} `invalid-request` */
export function bytesOf(headers: IncomingHttpHeaders, name: 'upload-offset' | 'upload-length'): number {
  const read = WholeNumber.safeParse(headers[name]);
  if (!read.success) throw new DomainError('invalid-request', `${name} must be a whole number of bytes.`);
  return read.data;
}

/** What the creator of an upload says of it. */
export interface Announcement {
  readonly lectureId: string;
  readonly fileName: string;
  /** Null while the length is deferred. */
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** As it came, to be given back. */
  readonly metadata: string;
}

/** @throws {DomainError} `invalid-request` naming what is missing or wrong. */
export function readAnnouncement(headers: IncomingHttpHeaders): Announcement {
  const bytes = announcedBytes(headers);
  const metadata = String(headers['upload-metadata'] ?? '');
  const read = Said.safeParse(parseMetadata(metadata));
  if (!read.success) throw new DomainError('invalid-request', `Upload-Metadata: ${z.prettifyError(read.error)}`);
  const { lectureId, filename, sha256 } = read.data;
  return { lectureId, fileName: printable(filename) || 'lecture', bytes, sha256: sha256 ?? null, metadata };
}

const Said = z.object({
  lectureId: z.uuid(),
  filename: z
    .string()
    .max(1000)
    .nullish()
    .transform((name) => name ?? ''),
  sha256: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
});

/** The last part of a name, without control characters; shown to people, never a path on our disks. */
const printable = (name: string): string => {
  const shown = name.replaceAll(/\p{C}/gu, '').split(/[/\\]/).at(-1) ?? '';
  return Array.from(shown.trim()).slice(0, 255).join('').trim();
};

function announcedBytes(headers: IncomingHttpHeaders): number | null {
  const deferred = headers['upload-defer-length'];
  if ((deferred === undefined) === (headers['upload-length'] === undefined)) {
    throw new DomainError('invalid-request', 'Either Upload-Length or Upload-Defer-Length: 1 must be given.');
  }
  if (deferred === undefined) return bytesOf(headers, 'upload-length');
  if (deferred !== '1') throw new DomainError('invalid-request', 'Upload-Defer-Length must be 1.');
  return null;
}

function parseMetadata(header: string): Record<string, string | null> {
  if (header === '') return {};
  try {
    return Metadata.parse(header);
  } catch (cause) {
    throw new DomainError('invalid-request', 'Upload-Metadata must be `key base64,key base64`, each key once.', {
      cause,
    });
  }
}
