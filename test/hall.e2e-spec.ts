import type { SiteRecord, SiteSessionRecord } from '#libs/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { eventually } from './support/eventually.js';
import { PIN, signIn } from './support/people.js';
import { openTheatre, playedTo, type Theatre, visit } from './support/theatre.js';

jest.setTimeout(180_000);

describe('a hall', () => {
  let theatre: Theatre;
  let page: Page;
  let operator: string;

  beforeAll(async () => {
    theatre = await openTheatre();
    operator = (await signIn(theatre.house.url, 'operator')).cookie;
  }, 300_000);
  afterAll(() => theatre.close());

  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${theatre.house.url}/api/v1${path}`, {
      headers: { cookie: operator, 'content-type': 'application/json' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    return (await answer.json()) as T;
  };

  /** Each story has a screen that was paired by hand. */
  beforeEach(async () => {
    const { hall } = theatre.country.sites;
    const { code } = await ask<{ code: string }>(`/sites/${hall}/pairing-codes`, { deviceName: 'Projector' });
    page = await visit(theatre);
    await page.goto('/');
    await page.getByRole('link', { name: 'Set this screen up for a hall' }).click();
    await page.getByRole('textbox', { name: 'Pairing code' }).fill(code);
    await page.getByRole('button', { name: 'Pair' }).click();
    await page.getByRole('heading', { name: /Hall · Hall/ }).waitFor();
  });

  const tick = (name: string) => page.getByRole('checkbox', { name: new RegExp(name) }).check();
  const sessionWith = (note: string) =>
    eventually(
      'the session in the record',
      async (): Promise<SiteSessionRecord | undefined> => {
        const record = await ask<SiteRecord>(`/sites/${theatre.country.sites.hall}/record`);
        return record.sessions?.find((session) => session.note === note);
      },
      120_000,
    );

  it('of three learners, one of whom comes late, counts each for their own time', async () => {
    await page.getByRole('link', { name: /Terraces/ }).click();
    await tick('李明');
    await tick('王芳');
    await page.getByRole('spinbutton', { name: /Other people/ }).fill('4');
    await page.getByText('2 here').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, 6);
    await tick('赵强');
    await page.getByText('3 here').waitFor();
    await playedTo(page, 12);
    await page.getByRole('button', { name: 'End the session' }).click();
    await page.getByRole('textbox', { name: 'What was discussed?' }).fill('Which slopes come first');
    await page.getByRole('button', { name: 'Save and finish' }).click();
    await page.getByText('3 on the roll, 4 others').waitFor();

    const { people, headCount, playedMs } = await sessionWith('Which slopes come first');
    expect(headCount).toBe(4);
    const covered = new Map(people.map(({ name, coveredMs }) => [name, coveredMs]));
    expect(covered.get('李明')).toBeGreaterThan(playedMs - 500);
    expect(covered.get('王芳')).toBe(covered.get('李明'));
    expect(covered.get('赵强')).toBeGreaterThan(4000);
    expect(covered.get('赵强')).toBeLessThan(playedMs - 5000);
    expect(new Set(people.map(({ grade }) => grade))).toEqual(new Set(['C']));
  });

  it('takes the roll with the link down, and sends all of it when the link is back', async () => {
    await page.getByRole('link', { name: /Terraces/ }).click();
    await page.getByRole('checkbox', { name: /李明/ }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await page.getByRole('checkbox', { name: /李明/ }).waitFor();
    await page.context().setOffline(true);
    await page.reload();
    await tick('李明');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('The lecture cannot be played now. The roll goes on.').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, 3);
    await page.context().setOffline(true);
    await tick('王芳');
    await playedTo(page, 7);
    await page.getByRole('button', { name: 'End the session' }).click();
    await page.getByRole('textbox', { name: 'What was discussed?' }).fill('We read the notes aloud');
    await page.getByRole('button', { name: 'Save and finish' }).click();
    await page.getByText('The session is kept.').waitFor();
    await page.getByText(/not sent yet/).waitFor();
    await page.context().setOffline(false);
    const { people, playedMs } = await sessionWith('We read the notes aloud');
    expect(playedMs).toBeGreaterThan(6000);
    expect(people.map(({ name }) => name).sort()).toEqual(['李明', '王芳'].sort());
    await eventually('an empty outbox', async () =>
      (await page.getByText(/not sent yet/).count()) === 0 ? true : undefined,
    );
  });

  it('finds its ticks again when the screen was cut off in the middle', async () => {
    await page.getByRole('link', { name: /Terraces/ }).click();
    await tick('王芳');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.reload();
    await page.getByText('The roll of the last session is ticked again.').waitFor();
    expect(await page.getByRole('checkbox', { name: /王芳/ }).isChecked()).toBe(true);
  });

  it('lets a learner sign in by card, and by code and PIN', async () => {
    const { wang, li } = theatre.country.learners;
    await page.goto('/sign-in');
    await page.getByRole('textbox', { name: 'Card code' }).fill(wang.card);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'My record' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Learner code and PIN' }).click();
    await page.getByRole('textbox', { name: 'Learner code' }).fill(li.code);
    await page.getByRole('textbox', { name: 'PIN', exact: true }).fill(PIN);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('李明').waitFor();
  });

  it('is worked with the four arrows and OK', async () => {
    const onFocus = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('ArrowDown');
    expect(await onFocus()).toContain('Terraces');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: /李明/ }).waitFor();
    for (const key of ['ArrowDown', 'ArrowDown', 'Space']) await page.keyboard.press(key);
    await page.getByText('1 here').waitFor();
  });

  it('meets no barrier in hall mode', async () => {
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('link', { name: /Terraces/ }).click();
    await tick('李明');
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: 'End the session' }).click();
    expect(await violationsOn(page)).toEqual([]);
  });
});
