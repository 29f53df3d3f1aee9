import type { EditionManifest, LearnerRecord } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { eventually } from './support/eventually.js';
import { signIn } from './support/people.js';
import { askAs, pairedScreen } from './support/remote.js';
import { openTheatre, playedTo, positionOf, signInAs, type Theatre, visit, welcomeLearner } from './support/theatre.js';

jest.setTimeout(180_000);

describe('what is kept on a device', () => {
  let screens: string;
  let theatre: Theatre;
  let page: Page;
  let learnerId: string;

  beforeAll(async () => {
    screens = await mkdtemp(join(tmpdir(), 'lectern-screens-'));
    await cp('dist/apps', screens, { recursive: true });
    theatre = await openTheatre({ SCREENS_ROOT: screens });
    learnerId = await welcomeLearner(theatre, 'keeper');
    page = await visit(theatre);
    await signInAs(page, 'keeper');
    await page.getByRole('heading', { name: 'Courses' }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  }, 300_000);
  afterAll(async () => {
    await theatre.close();
    await rm(screens, { recursive: true });
  });

  const record = async () => {
    const { cookie } = await signIn(theatre.house.url, 'keeper');
    const path = `/api/v1/learners/${learnerId}/record`;
    return ((await (await fetch(`${theatre.house.url}${path}`, { headers: { cookie } })).json()) as LearnerRecord)
      .items;
  };

  it('is found, plays and counts without a link exactly as with one', async () => {
    await page.goto(`/lectures/${theatre.country.lecture.id}`);
    await page.getByRole('button', { name: 'Keep on this device' }).click();
    await page.getByText(/^Free on this device: \d/).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.getByRole('button', { name: /^Small picture \(240 lines\)\s*[\d.]+ [kM]B$/ }).click();
    await page.getByText('Kept: plays without a connection').waitFor();

    await theatre.house.kill('api', 'SIGTERM');
    await page.context().setOffline(true);
    await page.goto('/');
    await page.getByRole('searchbox', { name: 'Search by title' }).fill('water');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('No connection. This is what was kept').waitFor();
    await page.getByRole('link', { name: /Soil and water/ }).click();
    await page.getByRole('link', { name: /Terraces/ }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, 6);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const seconds = await positionOf(page);
    await page.getByText(/not sent yet/).waitFor();

    await page.reload();
    await page.getByText(/where you left off/).waitFor();
    await page.getByRole('link', { name: 'On this device' }).first().click();
    await page.getByRole('searchbox', { name: 'Search what is kept' }).fill('terr');
    await page.getByRole('link', { name: 'Terraces' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);

    await theatre.house.start('api');
    await page.context().setOffline(false);
    const items = await eventually('a record of it', async () => {
      const unsent = await page.getByText('not sent yet').count();
      const all = await record();
      return unsent === 0 && all.length > 0 ? all : undefined;
    });
    expect(items).toHaveLength(1);
    expect(items[0]?.refused).toEqual([]);
    expect(Math.abs((items[0]?.coveredMs ?? 0) / 1000 - seconds)).toBeLessThan(1.5);
    expect(items[0]?.minutesMs).toBeLessThan(seconds * 1000 + 1500);
  });

  it('goes by its own rules: pinned, released, removed', async () => {
    await page.goto('/kept');
    await page.getByRole('button', { name: /^Pin “Terraces”/ }).click();
    await page.getByRole('button', { name: 'Unpin “Terraces”' }).waitFor();
    await page.getByRole('button', { name: 'Remove “Terraces” from this device' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Fetching it again costs [\d.]+ (k|M)B\.$/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Remove it now/ }).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is kept on this device yet').waitFor();
    await page.getByText(/^[\d.]+ GB are free on this device\.$/).waitFor();
    // What had the focus is gone: a remote control goes on from there, and not from the top of the page.
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Keep what I have picked');
    const kept = () => page.evaluate(async () => (await (await caches.open('lectern-kept')).keys()).length);
    await eventually('an empty shelf', async () => ((await kept()) === 0 ? true : undefined));
  });

  const keepInSmall = async (on: Page, label: string) => {
    await on.goto('/kept');
    await on.getByRole('button', { name: label }).click();
    await on.getByRole('button', { name: /^Small picture/ }).click();
    await on.getByRole('listitem').filter({ hasText: label }).waitFor();
    await on.getByText('Kept: plays without a connection').waitFor();
  };

  it('may be all that a learner has picked, or the list of a site on its screen', async () => {
    const { country, house } = theatre;
    await page.goto(`/courses/${country.course.id}`);
    await page.getByRole('button', { name: /^Pick .*Terraces/ }).click();
    await page.getByRole('button', { name: /Terraces.*picked/ }).waitFor();
    await keepInSmall(page, 'Keep what I have picked');

    const operator = (await signIn(house.url, 'operator')).cookie;
    const screen = await pairedScreen(theatre, operator);
    await askAs(theatre, operator, '/selections', { courseId: country.course.id, siteId: country.sites.hall });
    await keepInSmall(screen, 'Keep the list of this site');
    await screen.context().close();
  });

  it('is nothing that the house has not signed, and says so', async () => {
    const context = await theatre.browser.newContext({
      ...{ baseURL: theatre.house.url, locale: 'en', serviceWorkers: 'block' },
    });
    const stranger = await context.newPage();
    await stranger.route('**/api/v1/editions/*/manifest', async (route) => {
      const response = await route.fetch();
      const told = (await response.json()) as EditionManifest;
      const [head, , tag] = told.signature.split('.');
      const other = { ...told, durationMs: told.durationMs + 1, signature: undefined };
      const said = Buffer.from(JSON.stringify(other)).toString('base64url');
      await route.fulfill({ response, json: { ...other, signature: `${head}.${said}.${tag}` } });
    });
    const keys = stranger.waitForResponse('**/tracking/signers');
    await signInAs(stranger, 'keeper');
    await keys;
    await stranger.goto(`/lectures/${theatre.country.lecture.id}`);
    await stranger.getByRole('button', { name: 'Keep on this device' }).click();
    await stranger.getByRole('button', { name: /^Small picture/ }).click();
    await stranger.getByText('The house has not signed this lecture, so it is not kept.').waitFor();
    expect(await stranger.evaluate(async () => (await (await caches.open('lectern-kept')).keys()).length)).toBe(0);
    await context.close();
  });

  it('stands in an app that can be installed', async () => {
    const { url } = theatre.house;
    const href = (await page.locator('link[rel=manifest]').getAttribute('href')) ?? '';
    const manifest = (await (await fetch(new URL(href, url))).json()) as {
      icons: { src: string; sizes: string; type: string; purpose: string }[];
    };
    expect(manifest).toMatchObject({ name: 'Lectern', start_url: '/', scope: '/', display: 'standalone' });
    const icons = await Promise.all(
      manifest.icons.map(async ({ src, type }) => {
        const { status, headers } = await fetch(new URL(src, url));
        return [status, headers.get('content-type')?.split(';')[0] === type];
      }),
    );
    expect(icons).toEqual(manifest.icons.map(() => [200, true]));
    // What Chromium asks for before it offers to install.
    expect(manifest.icons.filter(({ purpose }) => purpose === 'any').map(({ sizes }) => sizes)).toEqual(
      expect.arrayContaining(['192x192', '512x512']),
    );
    const installable = await page.context().newCDPSession(page);
    const { installabilityErrors } = await installable.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  it('an update of the house replaces the player cleanly', async () => {
    const change = async (file: string, from: RegExp, to: string) => {
      const path = join(screens, 'player', file);
      await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
    };
    const shells = () =>
      page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('lectern-shell-')));
    const [before] = await shells();
    await change('index.html', /Recorded lectures for learners and halls/, 'Renewed');
    await change('service-worker.js', new RegExp((before ?? '').replace('lectern-shell-', '')), 'newer');
    await page.reload();
    const isInForce = () =>
      page.evaluate(async () => {
        const { installing, waiting } = (await navigator.serviceWorker.getRegistration()) ?? {};
        return (await caches.has('lectern-shell-newer')) && !installing && !waiting;
      });
    await eventually('the new player', async () => ((await isInForce()) ? true : undefined));
    await page.reload();
    expect(await page.locator('meta[name=description]').getAttribute('content')).toBe('Renewed');
    await page.getByRole('heading', { name: 'On this device' }).waitFor();
    expect(await shells()).toEqual([before, 'lectern-shell-newer']);
  });
});
