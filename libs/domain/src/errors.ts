/**
 * Every rule of Lectern that can be broken, by its stable code. Codes travel in problem documents, job failures and
 * screens; their sentences stand in both languages in the translation files.
 */
export const errorCodes = [
  // who may do what
  'not-signed-in',
  'wrong-credentials',
  'too-many-attempts',
  'too-fast',
  'too-busy',
  'forbidden',
  'foreign-origin',
  'pairing-code-invalid',
  'play-token-invalid',
  'play-token-expired',
  // what is asked for
  'not-found',
  'invalid-request',
  'conflict',
  'not-watchable',
  'captions-invalid',
  'too-large',
  'method-not-allowed',
  'unsupported-media-type',
  // uploads
  'tus-version',
  'checksum-mismatch',
  'upload-busy',
  'upload-expired',
  'digest-mismatch',
  // what an upload may be
  'source-unreadable',
  'source-empty',
  'source-format-refused',
  'source-codec-refused',
  'source-no-video',
  'source-still-image',
  'source-too-small',
  'source-too-large',
  'source-frame-rate',
  'source-too-long',
  'source-too-many-streams',
  'source-incomplete',
  'source-duration-mismatch',
  'source-too-costly',
  // encoding
  'encode-failed',
  'encode-stalled',
  'encode-limit',
  'verify-failed',
  'storage-full',
  'storage-failed',
  'stale-worker',
  'original-gone',
  // tracking
  'batch-conflict',
  'claim-too-late',
  'no-heads-left',
  'retention-too-short',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A broken rule. Carries no transport: the API decides its HTTP status, the worker whether to retry. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
