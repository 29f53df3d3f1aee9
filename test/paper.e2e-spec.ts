import type { SiteRecord } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { clientOf } from './support/client.js';
import { signInToConsole } from './support/console.js';
import { openStage, type Stage } from './support/stage.js';
import { seedEdition } from './support/tracking.js';

const MINUTE_MS = 60_000;

describe('a sign-in sheet of paper', () => {
  let stage: Stage;
  let page: Page;

  beforeAll(async () => {
    stage = await openStage();
    await seedEdition(stage.house.database, { courseId: stage.country.course.id, lengthMs: 30 * MINUTE_MS });
    page = await stage.browser.newPage({ locale: 'en' });
    await signInToConsole(page, stage.house.url, 'operator');
    await page.getByRole('heading', { level: 1 }).waitFor();
  }, 120_000);
  afterAll(() => stage.close());

  it('is printed on one page, with a code and boxes for everybody', async () => {
    await page.goto(`${stage.house.url}/console/sites/${stage.country.sites.hall}`);
    await page.getByRole('link', { name: 'Sign-in sheet' }).click();
    await page.getByRole('img', { name: 'Learner code of 王芳' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
    const printed = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(printed.match(/\/Type \/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'screen' });
  });

  it('is typed in with the times at which people came and went, and says who was not on the roster then', async () => {
    const call = await clientOf(stage.house.url, ['operator']);
    await call('POST', `/sites/${stage.country.sites.hall}/roster`, 'operator', { code: 'later', name: '后来' });
    await page.goto(`${stage.house.url}/console/sites/${stage.country.sites.hall}`);
    await page.getByRole('button', { name: 'Type in a sheet' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Lecture' }).click();
    await page.getByRole('option').first().click();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await form.getByLabel('Began at').fill(`${yesterday}T00:10`);
    for (const name of ['李明', '王芳', '赵强', '后来']) await form.getByRole('checkbox', { name }).check();
    await form.getByLabel('王芳 came at').fill('00:20');
    await form.getByLabel('赵强 went at').fill('00:15');
    await form.getByLabel('李明 came at').fill('23:55');
    await form.getByRole('button', { name: 'Enter' }).click();
    await form.getByText('Was not on this roster on that day.').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    // On the roster of another day they are not even listed, but whoever is ticked can still be taken off.
    await form.getByLabel('Began at').fill('2019-05-05T00:10');
    await form.getByRole('checkbox', { name: '赵强' }).waitFor();
    await form.getByText('Was not on this roster on that day.').nth(3).waitFor();
    await form.getByRole('checkbox', { name: '后来' }).click();
    await form.getByText('3 were there').waitFor();
    await form.getByText('Was not on this roster on that day.').nth(3).waitFor({ state: 'detached' });
    await form.getByLabel('Began at').fill(`${yesterday}T00:10`);
    await form.getByText('Was not on this roster on that day.').first().waitFor({ state: 'detached' });
    await form.getByRole('button', { name: 'Enter' }).click();
    await form.waitFor({ state: 'detached' });

    const { body } = await call('GET', `/sites/${stage.country.sites.hall}/record`, 'operator');
    const [session] = (body as SiteRecord).sessions ?? [];
    expect(session?.isPaper).toBe(true);
    expect(session?.people.map(({ name, grade, minutesMs }) => [name, grade, minutesMs / MINUTE_MS])).toEqual([
      ['李明', 'C', 30],
      ['王芳', 'C', 20],
      ['赵强', 'C', 5],
    ]);
  });
});
