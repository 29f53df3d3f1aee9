import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { PASSWORD } from './people.js';
import { submitSignIn } from './sign-in.js';

/** The console as a person uses it: by what stands on its screens. */
export async function signInToConsole(page: Page, url: string, login: string, password = PASSWORD): Promise<void> {
  await page.goto(`${url}/console/`);
  await submitSignIn(page, login, password);
}

/** Chooses the course for files that have just been chosen, and sends them. */
export async function startUploads(page: Page, course: string, count: number): Promise<void> {
  await page.getByRole('combobox', { name: 'Course' }).first().click();
  await page.getByRole('option', { name: course }).click();
  await page.getByRole('button', { name: count === 1 ? 'Start upload' : `Start ${count} uploads` }).click();
}

export const chooseFiles = (page: Page, files: Parameters<Page['setInputFiles']>[1]) =>
  page.locator('input[type=file][multiple]').setInputFiles(files);

/** The row of one file among those under way. */
export const underWay = (page: Page, fileName: string) => page.getByRole('listitem', { name: fileName });

/** What a table of a wide screen says in the row of somebody or something, by the headings. */
export async function rowOf(page: Page, table: string, name: string): Promise<Record<string, string> | undefined> {
  const shown = page.getByRole('table', { name: table, exact: true });
  const cells = await shown.getByRole('row').filter({ hasText: name }).getByRole('cell').allInnerTexts();
  const headings = await shown.getByRole('columnheader').allInnerTexts();
  return cells.length > 0 ? Object.fromEntries(headings.map((heading, at) => [heading, cells[at] ?? ''])) : undefined;
}

/** The rows, by the headings, of the table that a screen's button saves; for cells without commas. */
export async function downloadCsv(page: Page): Promise<Record<string, string>[]> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  const [headings = [], ...rows] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(headings.map((heading, at) => [heading, cells[at] ?? ''])));
}
