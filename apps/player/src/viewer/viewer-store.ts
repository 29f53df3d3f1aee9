import type { EnrolledDevice, SessionView, SignInRequest, WhoAmI } from '#libs/contracts';
import { installationIn } from '../outbox/installation.js';
import type { Outbox } from '../outbox/outbox.js';
import { Refusal } from '../server/refusal.js';
import { request } from '../server/request.js';
import { recall, type PlayerDatabase } from '../store/player-database.js';
import { PICTURES_CACHE } from '../store/pictures.js';
import { deviceAuthorization, type Person, type Viewer } from './viewer.js';

/** Knows who sits before the screen, also without a link, and tells whoever listens. */
export class ViewerStore {
  private readonly listeners = new Set<() => void>();

  private constructor(
    private readonly db: PlayerDatabase,
    private readonly outbox: Outbox,
    private viewer: Viewer,
  ) {}

  static async open(db: PlayerDatabase, outbox: Outbox): Promise<ViewerStore> {
    const [person, device] = await Promise.all([recall(db, 'person'), recall(db, 'device')]);
    return new ViewerStore(db, outbox, { person, device });
  }

  readonly current = (): Viewer => this.viewer;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Asks the server who is signed in. Without a link the last known viewer stands. */
  async confirm(): Promise<void> {
    try {
      if (await recall(this.db, 'isLeaving')) await this.leave();
      else await this.become((await request<WhoAmI>('/session')).account);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 401) await this.become(undefined);
    }
  }

  /** @throws {Refusal} */
  async signIn(credentials: SignInRequest): Promise<void> {
    const { device } = this.viewer;
    const { account, outbox } = await request<SessionView>('/session', {
      method: 'POST',
      json: credentials,
      authorization: device && deviceAuthorization(device),
    });
    await this.db.delete('things', 'isLeaving');
    if (account.learnerId && outbox)
      await this.outbox.entrust(`learner:${account.learnerId}`, `Outbox ${outbox.token}`, device?.deviceId);
    await this.become(account);
  }

  /** Works without a link too: the server is told as soon as it can be reached. */
  async signOut(): Promise<void> {
    await this.db.put('things', true, 'isLeaving');
    await this.leave().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }

  /** Also after a page that was closed in the middle of it. */
  private async leave(): Promise<void> {
    await this.become(undefined);
    await this.endSession();
  }

  /** @throws {Refusal} `pairing-code-invalid` */
  async pair(code: string): Promise<void> {
    const { id: installation } = await installationIn(this.db);
    const json = { code, installation };
    const device = await request<EnrolledDevice>('/devices/enrolments', { method: 'POST', json });
    await this.outbox.entrust(`device:${device.deviceId}`, deviceAuthorization(device), device.deviceId);
    await this.db.put('things', device, 'device');
    this.change({ ...this.viewer, device });
  }

  private async endSession(): Promise<void> {
    await request<unknown>('/session', { method: 'DELETE' }).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.status === 401)) throw error;
    });
    await this.db.delete('things', 'isLeaving');
  }

  /** What was kept for one person is gone before the next one looks. */
  private async become(person: Person | undefined): Promise<void> {
    if (person?.id !== this.viewer.person?.id) await this.forgetReads();
    await (person ? this.db.put('things', person, 'person') : this.db.delete('things', 'person'));
    this.change({ ...this.viewer, person });
  }

  private async forgetReads(): Promise<void> {
    const { person } = this.viewer;
    if (!person) return;
    const own = IDBKeyRange.bound([`person:${person.id}`], [`person:${person.id}`, []]);
    await this.db.delete('reads', own);
    if ('caches' in window) await caches.delete(PICTURES_CACHE);
  }

  /** The same again is no change: nobody need ask the server anew. */
  private change(viewer: Viewer): void {
    if (JSON.stringify(viewer) === JSON.stringify(this.viewer)) return;
    this.viewer = viewer;
    for (const listener of this.listeners) listener();
  }
}
