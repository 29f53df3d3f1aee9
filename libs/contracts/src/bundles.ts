import { bundleFaults } from '#libs/domain';
import { z } from 'zod';

/** The point of a public P-256 key (SEC 1, uncompressed), base64url. */
const Point = z.string().regex(/^[\w-]{87}$/);

/** With `publicKey`, bundle files that are signed by its other half count as sent by this credential. */
export const RegisterSigner = z.object({ publicKey: Point });
export type RegisterSigner = z.output<typeof RegisterSigner>;

/** `bundleKey`: bundles are sealed for it (ECDH). `receiptKey`: receipts are signed by it (ES256). */
export const SignerView = z.object({
  signerId: z.string(),
  house: z.object({ bundleKey: Point, receiptKey: Point }),
});
export type SignerView = z.output<typeof SignerView>;

/** What became of one bundle of a file: only numbers, since whoever carries a file may not know what is in it. */
export const BundleView = z.object({
  /** Why none of it was taken; null when it was. */
  fault: z.enum(bundleFaults).nullable(),
  /** In the ledger now, or held aside for somebody to decide. */
  acknowledged: z.number().int(),
  held: z.number().int(),
  /** Batches that can never be taken. */
  refused: z.number().int(),
  /** Batches of which nothing was taken of a session, since the signer may not report it: they stay where they are. */
  notYours: z.number().int(),
  /** Spans and presences. */
  acceptedItems: z.number().int(),
  refusedItems: z.number().int(),
});
export type BundleView = z.output<typeof BundleView>;

/** `receipt` goes back to where the file came from, which may forget then what it acknowledges; null when that is nothing. */
export const BundleAnswer = z.object({
  serverTime: z.iso.datetime(),
  bundles: z.array(BundleView),
  receipt: z.string().nullable(),
});
export type BundleAnswer = z.output<typeof BundleAnswer>;
