import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles } from '#libs/contracts';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { addColleague } from './support/colleague.js';
import { signInToConsole } from './support/console.js';
import type { Country } from './support/people.js';
import { openStage, type Stage } from './support/stage.js';
import { seedStoppedStore } from './support/telling.js';

const screensOf = ({ course, lecture, sites, units }: Country) => [
  '/uploads',
  '/courses',
  `/courses/${course.id}`,
  `/lectures/${lecture.id}`,
  `/lectures/${lecture.id}/record`,
  '/pipeline',
  '/sites',
  `/sites/${sites.hall}`,
  `/sites/${sites.hall}/record`,
  `/units/${units.centre}/record`,
  '/accounts',
  '/health',
  '/nothing-here',
];

let stage: Stage;
let login: string;

beforeAll(async () => {
  stage = await openStage();
  await seedStoppedStore(stage.house.database, stage.country);
  login = await addColleague(stage.house.database, stage.country, stage.country.units.centre, roles);
}, 120_000);
afterAll(() => stage.close());

describe.each([
  ['en', 1280],
  ['zh-CN', 1280],
  ['en', 360],
  ['zh-CN', 360],
])('every screen of the console in %s, %i px wide', (language, width) => {
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    page = await stage.browser.newPage({ locale: language, viewport: { width, height: 740 } });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(`${stage.house.url}/console/`);
    await page.locator('[name=login]').waitFor();
  });
  afterAll(() => page.close());

  /** Whatever was asked for has been answered. */
  const settle = async () => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
  };
  const widthOfPage = () => page.evaluate<number>('document.documentElement.scrollWidth');

  it('is accessible before anybody has signed in', async () => {
    await settle();
    expect(await violationsOn(page)).toEqual([]);
    expect(await widthOfPage()).toBe(width);
  });

  it('is accessible, complete and no wider than its window', async () => {
    await signInToConsole(page, stage.house.url, login);
    await settle();
    complaints.length = 0;
    for (const screen of screensOf(stage.country)) {
      await page.goto(`${stage.house.url}/console${screen}`);
      await settle();
      expect([screen, await violationsOn(page)]).toEqual([screen, []]);
      expect([screen, await widthOfPage()]).toEqual([screen, width]);
    }
    expect(complaints).toEqual([]);
  }, 120_000);
});
