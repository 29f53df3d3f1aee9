import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LearnerExport } from '#libs/contracts';
import type { Page } from 'playwright-core';
import { atRest, violationsOn } from './support/accessibility.js';
import { signInToConsole } from './support/console.js';
import { openStage, type Stage } from './support/stage.js';

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.close());

const atTheHall = async (login: string) => {
  page = await stage.browser.newPage({ locale: 'en' });
  await signInToConsole(page, stage.house.url, login);
  await page.getByRole('link', { name: 'Sites' }).waitFor();
  await page.goto(`${stage.house.url}/console/sites/${stage.country.sites.hall}`);
};

describe('who keeps a roster', () => {
  it('saves what is kept about a learner', async () => {
    await atTheHall('secretary');
    const { li } = stage.country.learners;
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: `Export: ${li.name}` }).click();
    const text = await readFile(await (await saved).path(), 'utf8');
    expect((JSON.parse(text) as LearnerExport).learner).toMatchObject([{ name: li.name, code: li.code }]);
    await page.close();
  });
});

describe('who answers for it from above', () => {
  it('is offered no record of a learner', async () => {
    await atTheHall('chief');
    await page.getByRole('button', { name: 'Erase: 李明' }).waitFor();
    expect(await page.getByRole('link', { name: /^Export/ }).count()).toBe(0);
  });

  it('reads what will go before a learner is erased, and then it is gone', async () => {
    const { li, wang } = stage.country.learners;
    await page.getByRole('button', { name: `Erase: ${li.name}` }).click();
    const dialogue = page.getByRole('dialog');
    await dialogue.getByText(`Name and learner code (${li.code})`).waitFor();
    await atRest(page);
    expect(await violationsOn(page)).toEqual([]);
    await dialogue.getByRole('button', { name: 'Erase', exact: true }).click();
    await page.getByText(li.name, { exact: true }).waitFor({ state: 'detached' });
    expect(await page.getByText(wang.name).count()).toBe(1);
  });
});
