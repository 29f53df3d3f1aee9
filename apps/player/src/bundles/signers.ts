import type { SignerView } from '#libs/contracts';
import { newSigner, publicText } from '#libs/domain';
import { Refusal } from '../server/refusal.js';
import { request } from '../server/request.js';
import { recall, type PlayerDatabase } from '../store/player-database.js';

/** Browsers give keys to pages over HTTPS only. */
export const canSign = (): boolean => (crypto.subtle as SubtleCrypto | undefined) !== undefined;

/** Tells the house by which key an owner signs; the same key again changes nothing. @throws {Refusal} */
export type Register = (publicKey: string, authorization: string) => Promise<SignerView>;

const registerAtHouse: Register = (publicKey, authorization) =>
  request<SignerView>('/tracking/signers', { method: 'POST', json: { publicKey }, authorization });

/** The house knows this owner no more, or not as one who signs: another may still be known. */
const isAboutOwner = ({ status }: Refusal): boolean => status === 401 || status === 403;

/** Keeps, for each owner of batches, the key that signs their files. Nothing here can read its private half. */
export class Signers {
  constructor(
    private readonly db: PlayerDatabase,
    private readonly register: Register = registerAtHouse,
  ) {}

  /** Tells the server whose key this is. Without a link it is tried again when the page is next opened. */
  async enlist(owner: string, authorization: string): Promise<void> {
    if (!canSign()) return;
    try {
      await this.tell(owner, authorization);
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

  /**
   * Learns the keys of the house anew, from whichever owner it still knows; `first` is asked for before the others.
   *
   * @throws {Refusal} when the house does not answer
   */
  async askAgain(first: string): Promise<void> {
    const all = await this.db.getAll('credentials');
    const inTurn = [...all.filter(({ owner }) => owner === first), ...all.filter(({ owner }) => owner !== first)];
    for (const { owner, authorization } of inTurn) {
      try {
        await this.tell(owner, authorization);
        return;
      } catch (error) {
        if (!(error instanceof Refusal && isAboutOwner(error))) throw error;
      }
    }
  }

  /**
   * By the key that is known, since files that it has signed may still be under way; by a new one where there is none, or
   * where the house will have that one no more, such as after a device got another credential.
   */
  private async tell(owner: string, authorization: string): Promise<void> {
    const pair = (await recall(this.db, 'signers'))?.[owner];
    if (pair && (await this.isTaken(owner, authorization, pair))) return;
    await this.enter(owner, authorization, await newSigner());
  }

  private async isTaken(owner: string, authorization: string, pair: CryptoKeyPair): Promise<boolean> {
    try {
      await this.enter(owner, authorization, pair);
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'conflict') return false;
      throw error;
    }
  }

  private async enter(owner: string, authorization: string, pair: CryptoKeyPair): Promise<void> {
    const { house } = await this.register(await publicText(pair.publicKey), authorization);
    await this.remember(owner, pair, house);
  }

  private async remember(owner: string, pair: CryptoKeyPair, house: SignerView['house']): Promise<void> {
    const tx = this.db.transaction('things', 'readwrite');
    const known = (await tx.store.get('signers')) as Readonly<Record<string, CryptoKeyPair>> | undefined;
    await tx.store.put({ ...known, [owner]: pair }, 'signers');
    await tx.store.put(house, 'house');
    await tx.done;
  }
}
