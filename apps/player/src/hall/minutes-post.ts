import { Refusal } from '../server/refusal.js';
import { request } from '../server/request.js';
import type { Services } from '../services.js';
import { type Minutes, type MinutesBox, openMinutesBox } from './minutes-box.js';

const TRY_AGAIN_MS = 60_000;

/** Sends a hall's minutes once its session has reached the house; until then the house does not know it (404). */
export class MinutesPost {
  constructor(
    private readonly box: MinutesBox,
    private readonly authorizationOf: (owner: string) => Promise<string | undefined>,
    private readonly put = (path: string, json: object, authorization: string) =>
      request<unknown>(path, { method: 'PUT', json, authorization }),
  ) {}

  async keep(minutes: Minutes): Promise<void> {
    if (minutes.speakers.length > 0 || minutes.photo) await this.box.put('minutes', minutes);
  }

  async sendAll(): Promise<void> {
    for (const minutes of await this.box.getAll('minutes')) if (!minutes.refused) await this.send(minutes);
  }

  private async send(minutes: Minutes): Promise<void> {
    const { sessionId, owner, speakers, photo } = minutes;
    const authorization = await this.authorizationOf(owner);
    if (authorization === undefined) return;
    try {
      const body = { speakers, photo: photo ? await base64Of(photo) : null };
      await this.put(`/hall-sessions/${sessionId}/minutes`, body, authorization);
      await this.box.delete('minutes', sessionId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!isForNow(error)) await this.box.put('minutes', { ...minutes, refused: error.code });
    }
  }
}

const isForNow = ({ status }: Refusal): boolean =>
  status === 0 || status >= 500 || [401, 404, 408, 429].includes(status);

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
  const send = () => void post.sendAll();
  send();
  setInterval(send, TRY_AGAIN_MS);
  window.addEventListener('online', send);
}
