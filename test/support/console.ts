import type { Page } from 'playwright-core';
import { PASSWORD } from './people.js';

/** The console as a person uses it: by what stands on its screens. */
export async function signInToConsole(page: Page, url: string, login: string, password = PASSWORD): Promise<void> {
  await page.goto(`${url}/console/`);
  await page.locator('[name=login]').fill(login);
  await page.locator('[name=password]').fill(password);
  await page.locator('[type=submit]').click();
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
