import type { Page } from 'playwright-core';
import { signInAs, type Theatre, visit } from './theatre.js';

/** A page of paper, as a picture of one point. */
export const PAPER = {
  name: 'paper.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** A scanner is a keyboard that types and presses Enter. */
export async function scanAt(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

const onFocus = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: active } = document;
    return `${active?.closest('label')?.textContent ?? active?.textContent ?? ''} ${active?.ariaLabel ?? ''}`;
  });

/** Presses an arrow until the focus has come to something, and there OK: what cannot be reached fails. */
export async function walkAt(page: Page, key: 'ArrowDown' | 'ArrowRight' | 'ArrowUp', to: string): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 20; steps += 1) {
    await page.keyboard.press(key);
    passed.push(await onFocus(page));
    if (passed.at(-1)?.includes(to)) return page.keyboard.press('Enter');
  }
  throw new Error(`${key} does not lead to ${to}, but to ${passed.join(' > ')}`);
}

/** What the API tells somebody who is signed in by this cookie. */
export async function askAs<T>({ house }: Theatre, cookie: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${house.url}/api/v1${path}`, {
    headers: { cookie, 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  return (await answer.json()) as T;
}

/** A hall's screen that was paired by hand, where it chooses a lecture. */
export async function pairedScreen(theatre: Theatre, operator: string): Promise<Page> {
  const path = `/sites/${theatre.country.sites.hall}/pairing-codes`;
  const { code } = await askAs<{ code: string }>(theatre, operator, path, { deviceName: 'Projector' });
  const page = await visit(theatre);
  await page.goto('/');
  await page.getByRole('link', { name: 'Set this screen up for a hall' }).click();
  await page.getByRole('textbox', { name: 'Pairing code' }).fill(code);
  await page.getByRole('button', { name: 'Pair' }).click();
  await page.getByRole('heading', { name: /Hall · Hall/ }).waitFor();
  return page;
}

/** A learner reads the code off a hall's screen with a phone of their own. */
export async function checkInByPhone(theatre: Theatre, screen: Page, login: string): Promise<void> {
  const phone = await visit(theatre);
  await signInAs(phone, login);
  await phone.getByRole('link', { name: 'My record' }).waitFor();
  await phone.goto((await screen.getByAltText(/code to check in/).getAttribute('data-url')) ?? '');
  await phone.getByText(/you are checked in|your check-in is kept/).waitFor();
}

/** Goes to the picture of a hall that has just begun, and presses OK. */
export async function playPicture(page: Page): Promise<void> {
  await page.getByRole('group', { name: /OK plays/ }).waitFor();
  await walkAt(page, 'ArrowDown', 'OK plays');
}

/** The device's clock goes on by so much at once, as after a sleep: nothing else notices. */
export const letPass = (page: Page, ms: number): Promise<void> =>
  page.evaluate((more) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + more;
  }, ms);

/** What has the focus now, to be compared with what has it later. */
export async function focusOf(page: Page): Promise<() => Promise<boolean>> {
  const before = await page.evaluateHandle(() => document.activeElement);
  return () => page.evaluate((element) => element === document.activeElement, before);
}
