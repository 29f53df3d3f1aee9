import type { SignerView } from '#libs/contracts';
import { newSigner, publicText } from '#libs/domain';
import { Refusal } from '../server/refusal.js';
import { request } from '../server/request.js';
import { recall, type PlayerDatabase } from '../store/player-database.js';

/** Browsers give keys to pages over HTTPS only. */
export const canSign = (): boolean => (crypto.subtle as SubtleCrypto | undefined) !== undefined;

/** Keeps, for each owner of batches, the key that signs their files. Nothing here can read its private half. */
export class Signers {
  constructor(private readonly db: PlayerDatabase) {}

  /** Makes a key and tells the server whose it is. Without a link it is tried again when the page is next opened. */
  async enlist(owner: string, authorization: string): Promise<void> {
    if (!canSign()) return;
    const pair = await newSigner();
    const publicKey = await publicText(pair.publicKey);
    try {
      const { house } = await request<SignerView>('/tracking/signers', {
        method: 'POST',
        json: { publicKey },
        authorization,
      });
      await this.remember(owner, pair, house);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  async enlistMissing(): Promise<void> {
    const known = (await recall(this.db, 'signers')) ?? {};
    for (const { owner, authorization } of await this.db.getAll('credentials')) {
      if (!(owner in known)) await this.enlist(owner, authorization);
    }
  }

  /** Learns the keys of the house anew. */
  async askAgain(): Promise<void> {
    const [one] = await this.db.getAll('credentials');
    if (one) await this.enlist(one.owner, one.authorization);
  }

  private async remember(owner: string, pair: CryptoKeyPair, house: SignerView['house']): Promise<void> {
    const tx = this.db.transaction('things', 'readwrite');
    const known = (await tx.store.get('signers')) as Readonly<Record<string, CryptoKeyPair>> | undefined;
    await tx.store.put({ ...known, [owner]: pair }, 'signers');
    await tx.store.put(house, 'house');
    await tx.done;
  }
}
