import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page as PageOf, UploadView } from '#libs/contracts';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { openBrowser } from './support/browser.js';
import { clipFolder, cutClip } from './support/clips.js';
import { chooseFiles, signInToConsole, startUploads, underWay } from './support/console.js';
import { eventually } from './support/eventually.js';
import { type House, startHouse } from './support/house.js';
import { seedCountry, signIn } from './support/people.js';

/** Slow enough that a clip is under way for seconds. */
const SLOW = { uploadThroughput: 60_000 };
const FAST = { uploadThroughput: -1 };

describe('a librarian uploads lectures', () => {
  let house: House;
  let browser: Browser;
  let folder: string;
  let cookie: string;
  let context: BrowserContext;
  let page: Page;
  let network: CDPSession;

  beforeAll(async () => {
    house = await startHouse();
    await seedCountry(house.database);
    ({ cookie } = await signIn(house.url, 'librarian'));
    browser = await openBrowser();
    folder = await clipFolder();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await house.stop();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en' });
    page = await context.newPage();
    network = await context.newCDPSession(page);
    await signInToConsole(page, house.url, 'librarian');
    await page.getByRole('heading', { name: 'Uploads', level: 1 }).waitFor();
  });
  afterEach(() => context.close());

  const clip = (source: string, name: string) => cutClip(`test/media/${source}`, 16, join(folder, name));
  const link = (conditions: { uploadThroughput: number }) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      ...conditions,
    });
  const ask = async <T>(path: string) =>
    (await (await fetch(`${house.url}/api/v1${path}`, { headers: { cookie } })).json()) as T;
  const uploadOf = async (fileName: string) =>
    (await ask<PageOf<UploadView>>('/uploads')).items.find((upload) => upload.fileName === fileName);
  const received = (fileName: string) =>
    eventually(`bytes of ${fileName}`, async () => {
      const upload = await uploadOf(fileName);
      return upload && upload.receivedBytes > 0 ? upload : undefined;
    });

  it('goes on by itself after the server was out of reach', async () => {
    await link(SLOW);
    await chooseFiles(page, [{ name: 'away.mp4', mimeType: 'video/mp4', buffer: randomBytes(1_500_000) }]);
    await startUploads(page, 'Soil and water', 1);
    await received('away.mp4');
    await house.kill('api');
    await underWay(page, 'away.mp4').getByText('No connection').waitFor();
    await house.start('api');
    await link(FAST);
    await underWay(page, 'away.mp4')
      .getByText(/Encoding|Failed/)
      .waitFor();
    expect(await uploadOf('away.mp4')).toMatchObject({
      state: 'done',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  }, 120_000);

  it('takes a file that is dropped, and frees what is discarded', async () => {
    await link(SLOW);
    const dropped = await page.evaluateHandle(() => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(2_000_000)], 'dropped.mp4', { type: 'video/mp4' }));
      return files;
    });
    await page.getByText('Drop recordings here').dispatchEvent('drop', { dataTransfer: dropped });
    await startUploads(page, 'Soil and water', 1);
    await received('dropped.mp4');
    await underWay(page, 'dropped.mp4').getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await underWay(page, 'dropped.mp4').waitFor({ state: 'detached' });
    const upload = await uploadOf('dropped.mp4');
    expect(upload?.state).not.toBe('receiving');
  });

  it('does not go on with another file than the one begun', async () => {
    const [begun, other] = [
      await clip('classroom-en-720p25.mp4', 'begun.mp4'),
      await clip('arrays-zh-720p30.mp4', 'other.mp4'),
    ];
    await link(SLOW);
    await chooseFiles(page, [begun]);
    await startUploads(page, 'Soil and water', 1);
    await received('begun.mp4');
    await page.reload();
    const unfinished = page.getByRole('group', { name: 'begun.mp4' });
    await unfinished.locator('input[type=file]').setInputFiles(other);
    await unfinished.getByRole('alert').getByText('This is another file. Choose begun.mp4').waitFor();
  });
});
