import type { BundleAnswer } from '#libs/contracts';
import {
  type Bytes,
  fromBase64Url,
  isBundleFile,
  joined,
  MAX_BUNDLE_FILE_BYTES,
  readReceipt,
  sealBundle,
} from '#libs/domain';
import type { Outbox } from '../outbox/outbox.js';
import type { OutboxBatch } from '../outbox/pending.js';
import type { UnsentCount } from '../outbox/unsent-count.js';
import { request } from '../server/request.js';
import { recall, type PlayerDatabase } from '../store/player-database.js';
import { loadsOf } from './loads.js';

/** A file of what waits here: how many batches are in it, and how many had to stay. */
export interface Packed {
  readonly file: Bytes | undefined;
  readonly packed: number;
  readonly left: number;
}

/** What a file that somebody has chosen turned out to be. */
export type Arrival =
  | { readonly kind: 'receipt'; readonly settled: number }
  | { readonly kind: 'brought'; readonly acknowledged: number; readonly receipt: string }
  | { readonly kind: 'unreadable' };

/** Brings batches out of here by file, receipts back, and the files of others to the server. */
export class Carrier {
  constructor(
    private readonly db: PlayerDatabase,
    private readonly outbox: Outbox,
    private readonly unsent: UnsentCount,
  ) {}

  /** Nothing is forgotten here before a receipt, or the network, has acknowledged it. */
  async pack(): Promise<Packed> {
    const waiting = await this.outbox.carriable();
    const bundles: Bytes[] = [];
    let [packed, bytes] = [0, 0];
    for (const { owner, batches } of loadsOf(waiting)) {
      const bundle = await this.seal(owner, payloadOf(batches));
      if (!bundle) continue;
      if (bytes + bundle.length > MAX_BUNDLE_FILE_BYTES) break;
      bundles.push(bundle);
      bytes += bundle.length;
      packed += batches.length;
    }
    return { file: packed > 0 ? joined(...bundles) : undefined, packed, left: waiting.length - packed };
  }

  /** @throws {Refusal} when the server does not answer, or does not know who brings a file. */
  async take(file: Blob, authorization: string | undefined): Promise<Arrival> {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return isBundleFile(bytes) ? this.bring(file, authorization) : this.settle(new TextDecoder().decode(bytes));
  }

  /** Undefined while the server knows no key of this owner. */
  private async seal(owner: string, payload: string): Promise<Bytes | undefined> {
    const [signers, house] = [await recall(this.db, 'signers'), await recall(this.db, 'house')];
    const [signer, housePoint] = [signers?.[owner], fromBase64Url(house?.bundleKey ?? '')];
    return signer && housePoint && sealBundle(payload, { signer, housePoint });
  }

  private async bring(file: Blob, authorization: string | undefined): Promise<Arrival> {
    const question = { method: 'POST', file, authorization } as const;
    const { bundles, receipt } = await request<BundleAnswer>('/tracking/bundles', question);
    if (receipt === null) return { kind: 'unreadable' };
    return { kind: 'brought', acknowledged: bundles.reduce((sum, one) => sum + one.acknowledged, 0), receipt };
  }

  private async settle(text: string): Promise<Arrival> {
    const receipt = await readReceipt(text, fromBase64Url((await recall(this.db, 'house'))?.receiptKey ?? ''));
    if (!receipt) return { kind: 'unreadable' };
    const settled = await this.outbox.settle(receipt);
    await this.unsent.refresh();
    return { kind: 'receipt', settled };
  }
}

const payloadOf = (batches: readonly OutboxBatch[]): string =>
  JSON.stringify({ batches: batches.map(({ content }) => content) });
