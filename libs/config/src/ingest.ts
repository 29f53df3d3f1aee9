import { z } from 'zod';

const KIB = 1024;
const MIB = KIB * KIB;
const amount = (standard: number) => z.coerce.number().int().positive().default(standard);

/**
 * A device's week weighs a few megabytes, so most of it is let in at once and the rest within minutes; a player in a hall
 * sends a batch of 1 KiB now and then. What lies in the room takes a process about a second.
 */
export const IngestEnvironment = z.object({
  INGEST_ROOM_BATCHES: amount(2000),
  INGEST_ROOM_BYTES: amount(32 * MIB),
  INGEST_SENDER_BURST_BYTES: amount(4 * MIB),
  INGEST_SENDER_BYTES_PER_SECOND: amount(64 * KIB),
  INGEST_OWNER_BURST_BYTES: amount(16 * MIB),
  INGEST_OWNER_BYTES_PER_SECOND: amount(256 * KIB),
});

/** How much somebody may send at once, and how much in the long run; bytes. */
export interface IngestShare {
  readonly burst: number;
  readonly perSecond: number;
}

export interface IngestLimits {
  /** What one process holds at a time. */
  readonly room: { readonly batches: number; readonly bytes: number };
  /** Of one credential: a device, or the outbox of a learner on one browser. */
  readonly sender: IngestShare;
  /** Of all senders of one site, or of one learner. */
  readonly owner: IngestShare;
}

export const ingestLimitsOf = (read: z.infer<typeof IngestEnvironment>): IngestLimits => ({
  room: { batches: read.INGEST_ROOM_BATCHES, bytes: read.INGEST_ROOM_BYTES },
  sender: { burst: read.INGEST_SENDER_BURST_BYTES, perSecond: read.INGEST_SENDER_BYTES_PER_SECOND },
  owner: { burst: read.INGEST_OWNER_BURST_BYTES, perSecond: read.INGEST_OWNER_BYTES_PER_SECOND },
});

/** Of a house that says nothing of them. */
export const standardIngestLimits = ingestLimitsOf(IngestEnvironment.parse({}));
