import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page as PageOf, UploadView } from '#libs/contracts';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { openBrowser } from './support/browser.js';
import { clientOf } from './support/client.js';
import { clipFolder, cutClip } from './support/clips.js';
import { chooseFiles, downloadCsv, rowOf, signInToConsole, startUploads, underWay } from './support/console.js';
import { eventually } from './support/eventually.js';
import { type House, startHouse } from './support/house.js';
import { type Country, PIN, seedCountry } from './support/people.js';
import { playedTo, visit } from './support/theatre.js';

const ENCODED_WITHIN_MS = 240_000;
const STORY_WITHIN_MS = 600_000;
/** Bytes a second, slow enough that a clip is under way for seconds. */
const SLOW = 60_000;

describe('a lecture, from its upload to the record of who watched it where', () => {
  let house: House;
  let country: Country;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    house = await startHouse();
    country = await seedCountry(house.database);
    browser = await openBrowser();
    folder = await clipFolder();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await house.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const consoleOf = async (login: string): Promise<Page> => {
    const page = await visit({ house, browser });
    await signInToConsole(page, house.url, login);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  };

  /** @returns how many bytes of an upload have come, once any have. */
  async function receivedOf(fileName: string): Promise<number> {
    const call = await clientOf(house.url, ['librarian']);
    return eventually(`bytes of ${fileName}`, async () => {
      const { items } = (await call('GET', '/uploads', 'librarian')).body as PageOf<UploadView>;
      return items.find((upload) => upload.fileName === fileName)?.receivedBytes || undefined;
    });
  }

  /** Two files of different formats at once; the second is paused, and gone on with after a reload. */
  async function upload(page: Page, first: string, second: string): Promise<void> {
    const network = await page.context().newCDPSession(page);
    const link = (uploadThroughput: number) =>
      network.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    await link(SLOW);
    await chooseFiles(page, [first, second]);
    await startUploads(page, 'Soil and water', 2);
    const received = await receivedOf(basename(second));
    await underWay(page, basename(second)).getByRole('button', { name: 'Pause' }).click();
    await underWay(page, basename(second)).getByText('Paused').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await link(-1);
    await underWay(page, basename(first))
      .getByText(/Encoding|Ready/)
      .waitFor();

    await page.reload();
    const unfinished = page.getByRole('group', { name: basename(second) });
    await unfinished.getByText(/received, kept until/).waitFor();
    const goesOn = page.waitForRequest((request) => request.method() === 'PATCH');
    await chooseFiles(page, [second]);
    expect(Number((await goesOn).headers()['upload-offset'])).toBeGreaterThanOrEqual(received);
    await underWay(page, basename(second))
      .getByText(/Encoding|Ready/)
      .waitFor();
  }

  /** @returns the address of the lecture's page in the console, once both can be watched. */
  async function bothReady(page: Page, [mine, other]: readonly [string, string]): Promise<string> {
    const course = `${house.url}/console/courses/${country.course.id}`;
    await page.goto(course);
    for (const title of [mine, other]) {
      const ready = page.getByRole('row').filter({ hasText: title }).getByText('Ready', { exact: true });
      await ready.waitFor({ timeout: ENCODED_WITHIN_MS });
    }
    await page.getByRole('link', { name: mine }).click();
    await page.getByRole('link', { name: 'Watch in the player' }).waitFor();
    await page.getByRole('cell', { name: '240p' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    return page.url();
  }

  /** On a screen that is paired with the hall. */
  async function watch(title: string, seconds: number): Promise<void> {
    const call = await clientOf(house.url, ['operator']);
    const pairing = await call('POST', `/sites/${country.sites.hall}/pairing-codes`, 'operator', { deviceName: 'TV' });
    const page = await visit({ house, browser });
    await page.goto('/pair');
    await page.getByRole('textbox', { name: 'Pairing code' }).fill((pairing.body as { code: string }).code);
    await page.getByRole('button', { name: 'Pair' }).click();
    await page.getByRole('heading', { name: /Hall · Hall/ }).waitFor();

    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Learner code and PIN' }).click();
    await page.locator('input[name=learnerCode]').fill(country.learners.li.code);
    await page.locator('input[name=pin]').fill(PIN);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: /Soil and water/ }).click();
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, seconds);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  }

  /** What a record page says of Li once all that was watched is in. */
  async function recordOn(page: Page, address: string): Promise<{ coveredS: number; who: string }> {
    return eventually('the record of 14 s and more', async () => {
      await page.goto(address);
      await page.getByRole('link', { name: 'Download CSV' }).waitFor();
      const row = await rowOf(page, 'Learners', '李明');
      const [minutes, seconds] = (row?.['Covered'] ?? '0:00').split(':').map(Number);
      const coveredS = (minutes ?? 0) * 60 + (seconds ?? 0);
      return coveredS >= 14 ? { coveredS, who: row?.['Name'] ?? '' } : undefined;
    });
  }

  /** Of Li's line in the table that the screen saves: all its cells, and the one for covered milliseconds. */
  async function savedOfLi(page: Page): Promise<{ cells: string[]; coveredMs: number }> {
    const line = (await downloadCsv(page)).find((cells) => Object.values(cells).includes('李明')) ?? {};
    const covered = Object.keys(line).find((heading) => /^covered.*ms/i.test(heading)) ?? '';
    return { cells: Object.values(line), coveredMs: Number(line[covered]) };
  }

  it(
    'two files arrive, one with an interruption; 15 s of one are watched at a site, and its record shows 15 s there',
    async () => {
      const first = await cutClip('test/media/classroom-en-720p25.mp4', 24, join(folder, 'In_the_classroom.mp4'));
      const second = await cutClip('test/media/arrays-zh-720p30.mp4', 16, join(folder, '数组 第一讲.mkv'));
      const librarian = await consoleOf('librarian');
      await upload(librarian, first, second);
      const lecture = await bothReady(librarian, ['In the classroom', '数组 第一讲']);

      await watch('In the classroom', 15);

      const operator = await consoleOf('operator');
      const atSite = await recordOn(operator, `${house.url}/console/sites/${country.sites.hall}/record`);
      expect(atSite.coveredS).toBeLessThanOrEqual(16);
      const savedAtSite = await savedOfLi(operator);
      expect(savedAtSite.cells).toEqual(expect.arrayContaining(['In the classroom', country.learners.li.code, 'B']));
      expect(Math.floor(savedAtSite.coveredMs / 1000)).toBe(atSite.coveredS);

      const ofLecture = await recordOn(operator, `${lecture}/record`);
      expect(ofLecture.coveredS).toBe(atSite.coveredS);
      expect(ofLecture.who).toMatch(/李明\s+Hall/);
      const saved = await savedOfLi(operator);
      expect(saved.cells).toContain('Hall');
      expect(saved.coveredMs).toBe(savedAtSite.coveredMs);
    },
    STORY_WITHIN_MS,
  );
});
