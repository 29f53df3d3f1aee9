import type { HallClaimState } from '#libs/contracts';
import { Refusal } from '../server/refusal.js';
import { request, type Question } from '../server/request.js';
import type { Services } from '../services.js';
import { type Claim, type Minutes, type MinutesBox, openMinutesBox } from './minutes-box.js';

const TRY_AGAIN_MS = 60_000;

type Send = <T>(path: string, question: Question) => Promise<T>;

/**
 * Sends what halls and phones tell beside batches, when there is a link. Of a session the house knows nothing (404) until
 * its batch has arrived: then it waits.
 */
export class MinutesPost {
  /** Until when the house wants to hear nothing of a session, by this page's clock. */
  private readonly notBeforeMs = new Map<string, number>();

  constructor(
    private readonly box: MinutesBox,
    private readonly authorizationOf: (owner: string) => Promise<string | undefined>,
    private readonly send: Send = request,
  ) {}

  /** Adds to what is kept of the session. */
  async keep(minutes: Minutes): Promise<void> {
    const tx = this.box.transaction('minutes', 'readwrite', { durability: 'strict' });
    const before = await tx.store.get(minutes.sessionId);
    await tx.store.put({ ...before, ...minutes, revision: (before?.revision ?? 0) + 1 });
    await tx.done;
  }

  async sendAll(): Promise<void> {
    for (const minutes of await this.box.getAll('minutes')) if (this.isDue(minutes)) await this.sendMinutes(minutes);
    for (const claim of await this.box.getAll('claims')) await this.sendClaim(claim);
  }

  /** Kept before it is sent. Undefined: there is no link yet, or no answer. @throws {Refusal} when it is refused for good. */
  async claim(claim: Claim): Promise<HallClaimState | undefined> {
    await this.box.put('claims', claim);
    return this.sendClaim(claim);
  }

  private isDue({ sessionId, refused }: Minutes): boolean {
    return !refused && performance.now() >= (this.notBeforeMs.get(sessionId) ?? 0);
  }

  private async sendMinutes(minutes: Minutes): Promise<void> {
    const { sessionId, owner } = minutes;
    const authorization = await this.authorizationOf(owner);
    if (authorization === undefined) return;
    const put = (what: string, json: object) =>
      this.send(`/hall-sessions/${sessionId}/${what}`, { method: 'PUT', json, authorization });
    try {
      for (const [what, json] of await lettersOf(minutes)) await put(what, json);
      await this.forget(minutes);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!isForNow(error)) await this.keep({ ...minutes, refused: error.code });
      this.notBeforeMs.set(sessionId, performance.now() + (error.retryAfterMs ?? 0));
    }
  }

  /** Unless something was added while it was on its way. */
  private async forget({ sessionId, revision }: Minutes): Promise<void> {
    const tx = this.box.transaction('minutes', 'readwrite', { durability: 'strict' });
    if ((await tx.store.get(sessionId))?.revision === revision) await tx.store.delete(sessionId);
    await tx.done;
  }

  private async sendClaim(claim: Claim): Promise<HallClaimState | undefined> {
    const { sessionId, owner, step, code, scannedAtMs } = claim;
    const authorization = await this.authorizationOf(owner);
    if (authorization === undefined) return undefined;
    const json = { step, code, ageMs: Math.max(0, Math.round(Date.now() - scannedAtMs)) };
    try {
      const question: Question = { method: 'POST', json, authorization };
      const state = await this.send<HallClaimState>(`/hall-sessions/${sessionId}/claims`, question);
      await this.box.delete('claims', [owner, sessionId]);
      return state;
    } catch (error) {
      if (!(error instanceof Refusal) || isForNow(error)) return undefined;
      await this.box.delete('claims', [owner, sessionId]);
      throw error;
    }
  }
}

const isForNow = ({ status }: Refusal): boolean =>
  status === 0 || status >= 500 || [401, 404, 408, 429].includes(status);

async function lettersOf({ key, speakers = [], photo }: Minutes): Promise<[what: string, json: object][]> {
  const letters: [string, object][] = key ? [['key', { key }]] : [];
  if (speakers.length > 0 || photo)
    letters.push(['minutes', { speakers, photo: photo ? await base64Of(photo) : null }]);
  return letters;
}

async function base64Of(photo: Blob): Promise<string> {
  const bytes = new Uint8Array(await photo.arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
}

let started: Promise<MinutesPost> | undefined;

/** One for the page. */
export function minutesPost({ outbox }: Pick<Services, 'outbox'>): Promise<MinutesPost> {
  started ??= openMinutesBox().then((box) => new MinutesPost(box, (owner) => outbox.authorizationOf(owner)));
  return started;
}

/** Sends what waits now and then, and when the link comes back. */
export async function startMinutesPost(services: Pick<Services, 'outbox'>): Promise<void> {
  const post = await minutesPost(services);
  const send = () => void post.sendAll().catch(() => undefined);
  send();
  setInterval(send, TRY_AGAIN_MS);
  window.addEventListener('online', send);
}
