import { z } from 'zod';
import { pageOf, PageQuery } from './paging.js';

/** Hex SHA-256 of the whole file. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const UploadDigest = z.object({ sha256: Sha256 });
export type UploadDigest = z.output<typeof UploadDigest>;

export const uploadStates = ['receiving', 'verifying', 'done', 'refused'] as const;
export const UploadView = z.object({
  id: z.uuid(),
  lectureId: z.uuid(),
  lectureTitle: z.string(),
  fileName: z.string(),
  bytes: z.number().int().nullable(),
  receivedBytes: z.number().int(),
  sha256: z.string().nullable(),
  state: z.enum(uploadStates),
  failure: z.object({ code: z.string(), title: z.string(), detail: z.string() }).optional(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type UploadView = z.output<typeof UploadView>;
export const UploadQuery = PageQuery.extend({ lectureId: z.uuid().optional() });
export type UploadQuery = z.output<typeof UploadQuery>;
export const UploadPage = pageOf(UploadView);
