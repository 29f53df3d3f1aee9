import { type TestApi, startApi } from './api.js';
import { seedEdition, type SeededEdition } from './editions.js';
import { type Country, seedCountry, signIn } from './people.js';

export interface TestPlayback {
  readonly api: TestApi;
  readonly country: Country;
  /** Live, of the country's one lecture. */
  readonly edition: SeededEdition;
  readonly cookies: { readonly librarian: string; readonly li: string };
  /** Of li's right to play, and its token. */
  readonly playlistUrl: string;
  readonly token: string;
  ask(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<Response>;
}

/** The API with one lecture that can be watched, and somebody who has the right to. */
export async function startPlayback(): Promise<TestPlayback> {
  const api = await startApi();
  const country = await seedCountry(api.database);
  const edition = await seedEdition(api.database, api.config.mediaRoot, country.lecture.id);
  const cookies = {
    librarian: (await signIn(api.url, 'librarian')).cookie,
    li: (await signIn(api.url, 'li')).cookie,
  };
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    fetch(`${api.url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const granted = await ask('POST', `/lectures/${country.lecture.id}/play`, { cookie: cookies.li });
  const { playlistUrl } = (await granted.json()) as { playlistUrl: string };
  const token = new URL(playlistUrl).searchParams.get('token') ?? '';
  return { api, country, edition, cookies, playlistUrl, token, ask };
}

/** The addresses in a playlist. */
export const addressesOf = (playlist: string): string[] =>
  playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
