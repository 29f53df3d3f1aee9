import type { Page } from 'playwright-core';
import { PASSWORD } from './people.js';

/** Fills in the sign-in form that stands on the page, and waits for the answer: only that tells that there is a cookie. */
export async function submitSignIn(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.locator('[name=login]').fill(login);
  await page.locator('[name=password]').fill(password);
  const answered = page.waitForResponse(
    (response) => response.request().method() === 'POST' && new URL(response.url()).pathname.endsWith('/session'),
  );
  await page.locator('[type=submit]').click();
  await answered;
}
