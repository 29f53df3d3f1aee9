import type { LearnerRecord } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { apiEnvironment } from './support/config.js';
import { chooseFiles, signInToConsole } from './support/console.js';
import { signIn } from './support/people.js';
import { openTheatre, playedTo, signInAs, type Theatre, visit, welcomeLearner } from './support/theatre.js';

jest.setTimeout(180_000);

const run = promisify(execFile);
const { PLAY_SIGNING_KEY, BUNDLE_KEY } = apiEnvironment();
const keys = { PLAY_SIGNING_KEY, BUNDLE_KEY };

describe('a player whose batches never get through', () => {
  let theatre: Theatre;
  let folder: string;
  beforeAll(async () => {
    theatre = await openTheatre(keys);
    folder = await mkdtemp(join(tmpdir(), 'lectern-stick-'));
  }, 300_000);
  afterAll(async () => {
    await theatre.close();
    await rm(folder, { recursive: true });
  });

  /** Clicks what saves a file, and puts the file on the stick. */
  const saved = async (page: Page, click: () => Promise<void>): Promise<string> => {
    const download = page.waitForEvent('download');
    await click();
    const path = join(folder, (await download).suggestedFilename());
    await (await download).saveAs(path);
    return path;
  };

  it('saves them as a file, the console takes it, the receipt empties the outbox, and the record is right', async () => {
    const learnerId = await welcomeLearner(theatre, 'far-away');
    const page = await visit(theatre);
    const enlisted = page.waitForResponse('**/api/v1/tracking/signers');
    await signInAs(page, 'far-away');
    await enlisted;
    await page.route('**/api/v1/tracking/batches', (route) => route.abort());
    await page.goto(`/lectures/${theatre.country.lecture.id}`);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, 6);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    const save = page.getByRole('button', { name: 'Save what waits as a file' });
    const stick = await saved(page, () => save.click());
    await page.getByText('The file holds 1 batch').waitFor();
    expect(await violationsOn(page)).toEqual([]);

    const desk = await visit(theatre);
    await signInToConsole(desk, theatre.house.url, 'operator');
    await desk.getByRole('link', { name: 'Files' }).click();
    const holiday = join(folder, 'holiday.jpg');
    await writeFile(holiday, 'beach');
    await chooseFiles(desk, [stick, holiday]);
    await desk.getByText('1 batch taken').waitFor();
    await desk.getByText('it is no file of a player').waitFor();
    expect(await violationsOn(desk)).toEqual([]);
    const receipt = await saved(desk, () => desk.getByRole('link', { name: /^Save receipt: lectern-/ }).click());

    await page.locator('input[type=file]').setInputFiles(receipt);
    await page.getByText('The receipt settles 1 batch of this device.').waitFor();
    await page.getByText('Everything that was watched here has been sent.').waitFor();
    const { cookie } = await signIn(theatre.house.url, 'far-away');
    const answer = await fetch(`${theatre.house.url}/api/v1/learners/${learnerId}/record`, { headers: { cookie } });
    const [item] = ((await answer.json()) as LearnerRecord).items;
    expect(item?.coveredMs).toBeGreaterThan(5000);
    expect(item?.refused).toEqual([]);

    const { options } = theatre.house.database;
    const env = { ...keys, DATABASE_URL: 'url' in options ? options.url : '', MEDIA_ROOT: theatre.house.mediaRoot };
    const { stdout } = await run(process.execPath, ['dist/apps/api/src/import-bundles.js', stick], { env });
    expect(stdout).toContain('1: 1 batches acknowledged (0 held aside), 0 refused; 1 items count, 0 do not');
    expect((await readFile(`${stick}.receipt`, 'utf8')).split('.')).toHaveLength(3);
    const failed = run(process.execPath, ['dist/apps/api/src/import-bundles.js', join(folder, 'holiday.jpg')], { env });
    await expect(failed).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('bundle-damaged') });
  });
});
