import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Edition } from '#libs/database';
import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { type Call, clientOf } from './support/client.js';
import { rowOf, signInToConsole } from './support/console.js';
import { eventually } from './support/eventually.js';
import { download } from './support/hls/download.js';
import {
  LENGTH_S,
  openTheatre,
  playedTo,
  positionOf,
  signInAs,
  type Theatre,
  visit,
  welcomeLearner,
} from './support/theatre.js';

const ENCODED_WITHIN_MS = 120_000;

describe('a lecture that is encoded again while people watch it', () => {
  let theatre: Theatre;
  let call: Call;
  let chief: Page;
  let librarian: Page;
  beforeAll(async () => {
    theatre = await openTheatre();
    call = await clientOf(theatre.house.url, ['librarian']);
    [chief, librarian] = [await consoleOf('chief'), await consoleOf('librarian')];
  }, 300_000);
  afterAll(() => theatre.close());

  const path = () => `/lectures/${theatre.country.lecture.id}`;
  async function consoleOf(login: string): Promise<Page> {
    const page = await visit(theatre);
    await signInToConsole(page, theatre.house.url, login);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }
  const edition = () => theatre.house.database.manager.findOneByOrFail(Edition, { live: true });
  const granted = async (): Promise<URL> => {
    const { body } = await call('POST', `${path()}/play`, 'librarian');
    return new URL((body as { playlistUrl: string }).playlistUrl, theatre.house.url);
  };
  /** The address of the one playlist that viewers get, once it can be fetched. */
  const watched = async (): Promise<string> => {
    const playlist = await fetch(await granted());
    expect(playlist.status).toBe(200);
    return playlist.url.replace(/\?.*/, '');
  };
  /** Everything that an address leads to: playlists, segments and parts of them. */
  const behind = async (address: URL): Promise<[string, number, string][]> =>
    [...(await download(address.href)).answers].map(([uri, { status, body }]) => [
      uri,
      status,
      createHash('sha256').update(body).digest('hex'),
    ]);
  let before: string;
  let given: URL;
  let content: Awaited<ReturnType<typeof behind>>;

  /** A page on which the lecture plays, slowly enough not to end meanwhile, and what it was refused. */
  async function viewerOf(login: string): Promise<{ page: Page; refused: string[] }> {
    await welcomeLearner(theatre, login);
    const page = await visit(theatre);
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/editions/') && response.status() >= 400) refused.push(response.url());
    });
    await signInAs(page, login);
    await page.getByRole('heading', { name: 'Courses' }).waitFor();
    await page.goto(path());
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, 0.5);
    await page.locator('video').evaluate((video: HTMLVideoElement) => void (video.playbackRate = 0.25));
    return { page, refused };
  }

  it('begins with a pause of all work by an admin, who is asked first and sees who works', async () => {
    before = await watched();
    given = await granted();
    content = await behind(given);
    expect(content.map(([, status]) => status).every((status) => status === 200 || status === 206)).toBe(true);
    await chief.getByRole('link', { name: 'Pipeline' }).click();
    await chief.getByRole('table', { name: 'Workers' }).getByText('Idle').waitFor();
    await chief.getByText('Nothing is under way.').waitFor();
    await chief.getByRole('button', { name: 'Pause all work' }).click();
    await chief.getByRole('dialog').getByRole('button', { name: 'Pause all work' }).click();
    await chief.getByText('All work is paused. Uploads are kept and wait.').waitFor();
  });

  it('is put in line by its librarian, who is told that viewers keep what they have', async () => {
    await librarian.goto(`${theatre.house.url}/console${path()}`);
    await librarian.getByRole('button', { name: 'Encode again' }).click();
    await librarian.getByRole('dialog').getByText('costs as much as the first time').waitFor();
    expect(await violationsOn(librarian)).toEqual([]);
    await librarian.getByRole('dialog').getByRole('button', { name: 'Encode again' }).click();
    await librarian.getByText('Being encoded again (encode 2).').waitFor();
    await librarian.getByText('All work is paused. It goes on when an administrator resumes it.').waitFor();
    expect(await violationsOn(librarian)).toEqual([]);
    expect(await watched()).toBe(before);
  });

  it('stands in line behind what cannot be watched yet, where everybody concerned sees it', async () => {
    const row = await eventually('the row', () => rowOf(chief, 'Under way', 'Terraces'));
    expect(row).toMatchObject({ 'Place in line': '1', Progress: '0%' });
    expect(row.State).toMatch(/After all others\s+Encoded again\s+Can be watched/);
    expect(await violationsOn(chief)).toEqual([]);
    await librarian.getByRole('button', { name: 'Pause' }).click();
    await librarian.getByText('This edition is paused.').waitFor();
    await chief.getByRole('table', { name: 'Under way' }).getByText('Paused').waitFor();
    await librarian.getByRole('button', { name: 'Resume' }).click();
    await librarian.getByText('This edition is paused.').waitFor({ state: 'detached' });
    await librarian.getByRole('combobox', { name: 'Turn' }).selectOption('Before all others');
    await chief.getByRole('table', { name: 'Under way' }).getByText('Before all others').waitFor();
  });

  it('can be watched all the time, and is shown anew when the new encode is whole', async () => {
    const { page, refused } = await viewerOf('faithful');
    await chief.getByRole('button', { name: 'Resume all work' }).click();
    await eventually(
      'the new encode',
      async () => {
        const { state, shownEncode } = await edition();
        expect(await watched()).toMatch(/\/editions\/[^/]+\/[12]\//);
        return state === 'ready' && shownEncode === 2 ? true : undefined;
      },
      ENCODED_WITHIN_MS,
    );
    expect(await watched()).not.toBe(before);

    // Who watches goes on where the picture is, and at the end, which nothing was fetched of before the change.
    const at = await positionOf(page);
    expect(at).toBeLessThan(LENGTH_S - 5);
    await playedTo(page, at + 0.5);
    await page.locator('video').evaluate((video: HTMLVideoElement) => void (video.currentTime = video.duration - 2));
    await playedTo(page, LENGTH_S - 1.5);
    expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.error)).toBeNull();
    expect(refused).toEqual([]);

    await librarian.getByRole('list', { name: 'Parts of the picture' }).getByText('Done').first().waitFor();
    await librarian.getByRole('button', { name: 'Encode again' }).waitFor();
    expect(await violationsOn(librarian)).toEqual([]);
    const step = await rowOf(librarian, 'Steps', 'Encode part 1');
    expect(step).toMatchObject({ State: 'Done', Attempts: '1', 'CPU time': expect.stringMatching(/sec$/) });
    expect(step?.Speed).toMatch(/^[\d.]+ ×$/);
    await chief.getByText('Nothing is under way.').waitFor();
  }, 180_000);

  it('HLS-M02: answers under the old address as ever, to the last byte', async () => {
    expect(await behind(given)).toEqual(content);
  });
});
