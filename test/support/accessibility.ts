import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
export const PHONE = { width: 360, height: 740 };
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What breaks WCAG 2.2 AA on the page as it stands, one line each. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axe, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(WCAG)}, resultTypes: ['violations'] })`,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Waits until nothing moves any more: what is half faded in would be judged by the colours that it has then. */
export const atRest = (page: Page): Promise<true> =>
  eventually('a screen at rest', async () =>
    (await page.evaluate<number>('document.getAnimations().length')) === 0 ? true : undefined,
  );

/** A page that is there as a whole fits the width of a phone, and breaks no rule that a machine can check. */
export async function expectReadableOnPhone(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await atRest(page);
  expect(await violationsOn(page)).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(PHONE.width);
}
