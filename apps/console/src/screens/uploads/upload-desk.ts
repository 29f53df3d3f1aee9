import type { ServerProblem } from '../../server/client';
import { addSample, speedOf, type Sample } from './speed';
import type { Destination, Transfer, TransferEvents } from './transfer';

export type UploadPhase = 'queued' | 'sending' | 'paused' | 'waiting' | 'refused' | 'sent';

/** A file on its way to a lecture, as the screen shows it. */
export interface UploadItem {
  readonly key: string;
  readonly fileName: string;
  readonly totalBytes: number;
  readonly lectureId: string;
  readonly lectureTitle: string;
  readonly phase: UploadPhase;
  readonly sentBytes: number;
  readonly bytesPerSecond: number | null;
  readonly uploadId: string | null;
  readonly problem: ServerProblem | null;
}

/** What the desk works with; the browser's in `uploads-provider`. */
export interface DeskTools {
  openTransfer: (file: File, to: Destination, events: TransferEvents) => Transfer;
  digestOf: (file: File) => Promise<string | null>;
  tellDigest: (uploadId: string, sha256: string) => Promise<unknown>;
  clockMs: () => number;
  later: (effect: () => void, delayMs: number) => void;
}

interface Parcel {
  transfer: Transfer;
  samples: Sample[];
  sha256: string | null;
  digestTold: boolean;
}

/** More would take up every connection that a browser opens to one server, and the screens would wait. */
export const MAX_SENDING = 3;
const RETRY_WAITING_MS = 10_000;

/** Sends files, a few at a time, through pauses and broken links; the screens watch it. */
export class UploadDesk {
  private list: readonly UploadItem[] = [];
  private readonly parcels = new Map<string, Parcel>();
  private readonly watchers = new Set<() => void>();

  constructor(private readonly tools: DeskTools) {}

  readonly items = (): readonly UploadItem[] => this.list;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  add(file: File, lecture: { id: string; title: string }, uploadId: string | null): void {
    const key = crypto.randomUUID();
    const transfer = this.tools.openTransfer(file, { lectureId: lecture.id, uploadId }, this.eventsOf(key));
    this.parcels.set(key, { transfer, samples: [], sha256: null, digestTold: false });
    const { name: fileName, size: totalBytes } = file;
    const fresh = { phase: 'queued', sentBytes: 0, bytesPerSecond: null, problem: null } as const;
    this.show([
      ...this.list,
      { key, fileName, totalBytes, lectureId: lecture.id, lectureTitle: lecture.title, uploadId, ...fresh },
    ]);
    void this.tools.digestOf(file).then((sha256) => {
      this.patch(key, { sha256 });
      this.tellDigest(key);
    });
    this.startQueued();
  }

  pause(key: string): void {
    this.parcels.get(key)?.transfer.pause();
    this.change(key, { phase: 'paused', bytesPerSecond: null });
    this.startQueued();
  }

  resume(key: string): void {
    this.change(key, { phase: 'queued', problem: null });
    this.startQueued();
  }

  /** Takes an item off the desk. What the server holds of it stays there, to be gone on with. */
  forget(key: string): void {
    this.parcels.get(key)?.transfer.pause();
    this.parcels.delete(key);
    this.show(this.list.filter((item) => item.key !== key));
    this.startQueued();
  }

  clear(): void {
    for (const { key } of this.list) this.forget(key);
  }

  /** The network may be back: whatever waits for it is tried again. */
  readonly wake = (): void => {
    for (const { key, phase } of this.list) {
      if (phase === 'waiting') this.resume(key);
      this.tellDigest(key);
    }
  };

  private startQueued(): void {
    const sending = this.list.filter(({ phase }) => phase === 'sending').length;
    const queued = this.list.filter(({ phase }) => phase === 'queued').slice(0, Math.max(0, MAX_SENDING - sending));
    for (const { key } of queued) {
      this.patch(key, { samples: [] });
      this.change(key, { phase: 'sending' });
      this.parcels.get(key)?.transfer.start();
    }
  }

  private eventsOf(key: string): TransferEvents {
    return {
      onUpload: (uploadId) => {
        this.change(key, { uploadId });
        this.tellDigest(key);
      },
      onProgress: (bytes) => {
        const samples = addSample(this.parcels.get(key)?.samples ?? [], { atMs: this.tools.clockMs(), bytes });
        this.patch(key, { samples });
        this.change(key, { sentBytes: bytes, bytesPerSecond: speedOf(samples) });
      },
      onSent: () => {
        this.end(key, { phase: 'sent' });
        this.tellDigest(key);
      },
      onProblem: (problem) => this.meet(key, problem),
    };
  }

  /** A link that is down is waited for; a session that ended is the person's to renew; all else is final. */
  private meet(key: string, problem: ServerProblem): void {
    if (problem.code === 'unreachable') {
      this.tools.later(this.wake, RETRY_WAITING_MS);
      this.end(key, { phase: 'waiting' });
    } else {
      this.end(key, { phase: problem.code === 'not-signed-in' ? 'paused' : 'refused', problem });
    }
  }

  private end(key: string, change: Partial<UploadItem>): void {
    this.change(key, { bytesPerSecond: null, ...change });
    this.startQueued();
  }

  /** Once both the digest and the upload are known; again later while the server is away, or busy with the bytes. */
  private tellDigest(key: string): void {
    const [parcel, uploadId] = [this.parcels.get(key), this.list.find((item) => item.key === key)?.uploadId];
    if (!parcel?.sha256 || !uploadId || parcel.digestTold) return;
    this.patch(key, { digestTold: true });
    this.tools.tellDigest(uploadId, parcel.sha256).catch((problem: unknown) => {
      this.patch(key, { digestTold: false });
      const { code } = problem as ServerProblem;
      if (code === 'unreachable' || code === 'upload-busy') this.tools.later(this.wake, RETRY_WAITING_MS);
      else if (code === 'digest-mismatch') this.end(key, { phase: 'refused', problem: problem as ServerProblem });
    });
  }

  private patch(key: string, change: Partial<Parcel>): void {
    const parcel = this.parcels.get(key);
    if (parcel) this.parcels.set(key, { ...parcel, ...change });
  }

  private change(key: string, change: Partial<UploadItem>): void {
    this.show(this.list.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  private show(list: readonly UploadItem[]): void {
    this.list = list;
    for (const watcher of this.watchers) watcher();
  }
}
