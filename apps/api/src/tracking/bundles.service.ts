import {
  type BundleAnswer,
  type BundleView,
  MAX_BATCH_BYTES,
  type SessionResult,
  type SignerView,
} from '#libs/contracts';
import {
  type BundleFault,
  type Bytes,
  DomainError,
  fromBase64Url,
  isSomebodyElses,
  keyId,
  receiptTag,
  splitBundles,
  toBase64Url,
} from '#libs/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../http/caller.js';
import { InTurn } from '../http/in-turn.js';
import { batchesIn } from './bundle-file.js';
import { registerSigner, type SignerRow, signerOf } from './bundles.queries.js';
import { HouseSeal } from './house-seal.js';
import { reporterOf, reporterOfSigner } from './reporter.js';
import { TrackingService } from './tracking.service.js';

/** What a bundle brought: for whoever carried it, and for the receipt. */
interface Taken {
  readonly view: BundleView;
  readonly acknowledged: readonly string[];
  readonly refused: readonly { readonly batch: string; readonly code: string }[];
}

const NOTHING = { acknowledged: 0, held: 0, refused: 0, notYours: 0, acceptedItems: 0, refusedItems: 0 };
const faulty = (fault: BundleFault): Taken => ({ view: { fault, ...NOTHING }, acknowledged: [], refused: [] });

/** Takes batches out of files, by the right of those who have signed them. */
@Injectable()
export class BundlesService {
  private readonly turns = new InTurn();

  constructor(
    private readonly database: DataSource,
    private readonly tracking: TrackingService,
    private readonly seal: HouseSeal,
  ) {}

  /** @throws {DomainError} `conflict` when this key is somebody else's, or was revoked. */
  async register(publicKey: string, caller: Caller): Promise<SignerView> {
    const { learnerId, deviceId } = reporterOf(caller);
    const signerId = toBase64Url(await keyId(fromBase64Url(publicKey) ?? new Uint8Array()));
    const signer = { id: signerId, point: publicKey, learnerId, deviceId };
    if (!(await registerSigner(this.database.manager, signer)))
      throw new DomainError('conflict', 'This key cannot sign for you. Make a new one.');
    return { signerId, house: this.seal.publicKeys };
  }

  async import(file: Bytes): Promise<BundleAnswer> {
    const taken: Taken[] = [];
    // One after the other, also of several files: opened, a bundle is many times as large.
    for (const bundle of splitBundles(file)) taken.push(await this.turns.run('bundle', () => this.take(bundle)));
    const acknowledged = [...new Set(taken.flatMap((one) => one.acknowledged))];
    const refused = taken.flatMap((one) => one.refused);
    const at = new Date().toISOString();
    const isEmpty = acknowledged.length + refused.length === 0;
    const receipt = isEmpty ? null : await this.seal.sign({ at, acknowledged, refused });
    return { serverTime: at, bundles: taken.map(({ view }) => view), receipt };
  }

  private async take(bundle: Bytes | undefined): Promise<Taken> {
    const opened = bundle ? await this.seal.open(bundle) : 'bundle-damaged';
    if (typeof opened === 'string') return faulty(opened);
    const signer = await signerOf(this.database.manager, opened.signerId);
    if (!signer) return faulty('bundle-unknown-signer');
    if (!(await opened.isSignedBy(fromBase64Url(signer.point)))) return faulty('bundle-signature-invalid');
    if (signer.isRevoked) return faulty('bundle-signer-revoked');
    const batches = batchesIn(opened.payload);
    if (!batches) return faulty('bundle-content-invalid');
    return this.takeBatches(batches, signer);
  }

  private async takeBatches(batches: readonly object[], signer: SignerRow): Promise<Taken> {
    const fits = (batch: object) => JSON.stringify(batch).length <= MAX_BATCH_BYTES;
    const reporter = reporterOfSigner(signer);
    const results = await this.tracking.takeCarried(batches.filter(fits), reporter);
    const tooLarge = batches
      .filter((batch) => !fits(batch))
      .map((batch) => ({ batch: idOf(batch), code: 'too-large' }));
    const refused = [...refusedIn(results), ...tooLarge];
    const notYours = [...new Set(results.filter(isSomebodyElses).map(({ batch }) => batch))];
    const left = [...refused, ...notYours.map((batch) => ({ batch, code: 'not-yours' }))];
    const gone = new Set(left.map(({ batch }) => batch));
    const acknowledged = batches.map(idOf).filter((id) => !gone.has(id));
    const tag = (id: string) => receiptTag(reporter.credential, id);
    return {
      acknowledged: await Promise.all(acknowledged.map(tag)),
      refused: await Promise.all(left.map(async ({ batch, code }) => ({ batch: await tag(batch), code }))),
      view: {
        ...viewOf(results),
        acknowledged: acknowledged.length,
        refused: refused.length,
        notYours: notYours.length,
      },
    };
  }
}

const idOf = (batch: object): string => ('id' in batch && typeof batch.id === 'string' ? batch.id : '');

const refusedIn = (results: readonly SessionResult[]) =>
  results.flatMap(({ batch, code }) => (code === undefined || code === 'held' ? [] : [{ batch, code }]));

const viewOf = (results: readonly SessionResult[]): BundleView => ({
  ...NOTHING,
  fault: null,
  held: results.filter(({ code }) => code === 'held').length,
  acceptedItems: results.reduce((sum, { accepted }) => sum + accepted, 0),
  refusedItems: results.reduce((sum, result) => sum + result.refused.length, 0),
});
