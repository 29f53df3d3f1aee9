import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LearnerExport } from '#libs/contracts';
import type { Browser, Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { openBrowser } from './support/browser.js';
import { signInToConsole } from './support/console.js';
import { eventually } from './support/eventually.js';
import { type House, startHouse } from './support/house.js';
import { type Country, seedCountry } from './support/people.js';

let house: House;
let country: Country;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  house = await startHouse();
  country = await seedCountry(house.database);
  browser = await openBrowser();
  page = await browser.newPage({ locale: 'en' });
  await signInToConsole(page, house.url, 'chief');
  await page.getByRole('link', { name: 'Sites' }).waitFor();
  await page.goto(`${house.url}/console/sites/${country.sites.hall}`);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await house.stop();
});

describe('who answers for a roster', () => {
  it('saves what is kept about a learner', async () => {
    const { li } = country.learners;
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: `Export: ${li.name}` }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    expect((JSON.parse(text) as LearnerExport).learner).toMatchObject([{ name: li.name, code: li.code }]);
  });

  it('reads what will go before a learner is erased, and then it is gone', async () => {
    const { li, wang } = country.learners;
    await page.getByRole('button', { name: `Erase: ${li.name}` }).click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByText(`Name and learner code (${li.code})`).waitFor();
    await eventually('a screen at rest', async () =>
      (await page.evaluate<number>('document.getAnimations().length')) === 0 ? true : undefined,
    );
    expect(await violationsOn(page)).toEqual([]);
    await dialogue.getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText(li.name, { exact: true }).waitFor({ state: 'detached' });
    expect(await page.getByText(wang.name).count()).toBe(1);
  });
});
