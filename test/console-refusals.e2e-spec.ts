import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LectureView, Page as PageOf, UploadView } from '#libs/contracts';
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { addColleague } from './support/colleague.js';
import { chooseFiles, signInToConsole, underWay } from './support/console.js';
import { eventually } from './support/eventually.js';
import { signIn } from './support/people.js';
import { openStage, type Stage } from './support/stage.js';

interface Sentences {
  readonly errors: Readonly<Record<string, string>>;
  readonly states: { readonly noRole: { readonly title: string } };
  readonly [section: string]: Readonly<Record<string, unknown>>;
}

let stage: Stage;
let villageLibrarian: string;

beforeAll(async () => {
  stage = await openStage();
  villageLibrarian = await addColleague(stage.house.database, stage.country, stage.country.units.villageA, [
    'librarian',
  ]);
}, 120_000);
afterAll(() => stage.close());

describe.each(['en', 'zh-CN'])('what staff are refused, in %s', (language) => {
  let context: BrowserContext;
  let page: Page;
  let sentences: Sentences;
  const word = (section: string, key: string) => String(sentences[section]?.[key]);

  beforeAll(async () => {
    sentences = JSON.parse(await readFile(`apps/console/src/locales/${language}.json`, 'utf8')) as Sentences;
  });
  beforeEach(async () => {
    context = await stage.browser.newContext({ locale: language });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const alert = () => page.getByRole('alert');

  it('a wrong password', async () => {
    await signInToConsole(page, stage.house.url, 'librarian', 'not this');
    await alert().waitFor();
    expect(await alert().innerText()).toBe(sentences.errors['wrong-credentials']);
    expect(await page.locator('[name=password]').inputValue()).toBe('');
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
  });

  it('a lecture in the library of another unit', async () => {
    await signInToConsole(page, stage.house.url, villageLibrarian);
    await page.getByRole('link', { name: word('areas', 'courses') }).click();
    await page.getByRole('link', { name: 'Soil and water' }).click();
    await page.getByRole('button', { name: word('course', 'addLecture') }).click();
    await page.getByRole('textbox', { name: word('course', 'title') }).fill('Mine');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: word('actions', 'create') })
      .click();
    await alert().waitFor();
    expect(await alert().innerText()).toBe(sentences.errors.forbidden);
  });

  it('what the role does not hold: it is not even offered', async () => {
    await signInToConsole(page, stage.house.url, 'operator');
    await page.getByRole('heading', { level: 1, name: word('areas', 'sites') }).waitFor();
    const offered = page.getByRole('navigation', { name: word('frame', 'navigation') }).getByRole('link');
    expect(await offered.allInnerTexts()).toEqual(['sites', 'files', 'review'].map((area) => word('areas', area)));
    await page.goto(`${stage.house.url}/console/accounts`);
    await alert().waitFor();
    expect(await alert().innerText()).toContain(sentences.errors.forbidden);
  });

  it('a learner without a staff role', async () => {
    await signInToConsole(page, stage.house.url, 'li');
    await page.getByRole('heading', { level: 1, name: sentences.states.noRole.title }).waitFor();
  });

  it('a file that is no video: the reason stands beside it and with its lecture', async () => {
    const file = {
      name: 'minutes of the meeting.mp4',
      mimeType: 'video/mp4',
      buffer: Buffer.from('no video '.repeat(500)),
    };
    await signInToConsole(page, stage.house.url, 'librarian');
    await page.getByRole('heading', { level: 1, name: word('areas', 'uploads') }).waitFor();
    await chooseFiles(page, file);
    await page.getByRole('combobox', { name: word('uploads', 'course') }).click();
    await page.getByRole('option', { name: 'Soil and water' }).click();
    await page.getByRole('group', { name: file.name }).locator('xpath=ancestor::form').locator('[type=submit]').click();
    await underWay(page, file.name).getByText(word('lectureStates', 'failed')).waitFor();

    const { cookie } = await signIn(stage.house.url, 'librarian');
    const ask = async <T>(path: string) =>
      (await (await fetch(`${stage.house.url}/api/v1${path}`, { headers: { cookie } })).json()) as T;
    const [upload] = (await ask<PageOf<UploadView>>('/uploads')).items;
    const { failure } = await eventually('the failure', () => ask<LectureView>(`/lectures/${upload?.lectureId ?? ''}`));
    const sentence = sentences.errors[failure?.code ?? ''] ?? '';
    expect(failure?.code).toMatch(/^source-/);
    expect(sentence).not.toBe('');
    expect(await underWay(page, file.name).innerText()).toContain(sentence);
    await underWay(page, file.name).getByRole('link').click();
    await page.getByRole('main').getByText(sentence).first().waitFor();
    // Nothing is kept of it, so nothing can be tried again.
    expect(await page.getByRole('button', { name: word('pipeline', 'retry') }).count()).toBe(0);
  });

  it('nobody signed in any more', async () => {
    await signInToConsole(page, stage.house.url, 'librarian');
    await page.getByRole('heading', { level: 1, name: word('areas', 'uploads') }).waitFor();
    await context.clearCookies();
    await page.getByRole('link', { name: word('areas', 'courses') }).click();
    await page.getByRole('heading', { level: 1, name: word('signIn', 'title') }).waitFor();
  });
});
