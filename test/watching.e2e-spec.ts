import type { LearnerRecord, LearnerRecordItem } from '#libs/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { eventually } from './support/eventually.js';
import { signIn } from './support/people.js';
import { showsThumbnail } from './support/seek-bar.js';
import {
  LENGTH_S,
  openTheatre,
  playedTo,
  positionOf,
  signInAs,
  type Theatre,
  visit,
  welcomeLearner,
} from './support/theatre.js';

jest.setTimeout(180_000);

describe('a learner', () => {
  let theatre: Theatre;
  let page: Page;
  let login: string;
  let learnerId: string;
  let count = 0;

  beforeAll(async () => {
    theatre = await openTheatre();
  }, 300_000);
  afterAll(() => theatre.close());

  /** Each story has a learner of its own. */
  beforeEach(async () => {
    login = `learner-${(count += 1)}`;
    learnerId = await welcomeLearner(theatre, login);
    page = await visit(theatre);
    await signInAs(page, login);
    await page.getByRole('heading', { name: 'Courses' }).waitFor();
  });

  const openLecture = async () => {
    await page.goto(`/lectures/${theatre.country.lecture.id}`);
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  };
  const play = () => page.getByRole('button', { name: 'Play', exact: true }).click();
  const pause = () => page.getByRole('button', { name: 'Pause', exact: true }).click();

  const recorded = async (): Promise<LearnerRecordItem | undefined> => {
    const { cookie } = await signIn(theatre.house.url, login);
    const answer = await fetch(`${theatre.house.url}/api/v1/learners/${learnerId}/record`, {
      headers: { cookie },
    });
    return ((await answer.json()) as LearnerRecord).items[0];
  };
  const allSent = () =>
    eventually('an empty outbox', async () => {
      const unsent = await page.getByText('not sent yet').count();
      const item = await recorded();
      return unsent === 0 && item ? item : undefined;
    });

  it('finds the course, plays 15 s, and the record shows 15 s', async () => {
    await page.getByRole('searchbox', { name: 'Search by title' }).fill('soil');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: /Soil and water/ }).click();
    await page.getByRole('link', { name: /Terraces/ }).click();
    await play();
    await playedTo(page, 15);
    await pause();
    const seconds = await positionOf(page);
    const item = await allSent();
    expect(item.coveredMs / 1000).toBeGreaterThan(seconds - 1);
    expect(item.coveredMs / 1000).toBeLessThan(seconds + 1);
    expect(item.minutesMs).toBeGreaterThanOrEqual(item.coveredMs - 1000);
    expect(item.refused).toEqual([]);

    await page.getByRole('link', { name: 'My record' }).click();
    await page.getByText('signed in or checked in (B)').waitFor();
  });

  it('goes on where they left off', async () => {
    await openLecture();
    await play();
    await playedTo(page, 5);
    await pause();
    await allSent();
    await page.reload();
    await page.getByText(/where you left off/).waitFor();
    await eventually('the old position', async () => ((await positionOf(page)) > 4 ? true : undefined));
  });

  it('who seeks to the end has not completed the lecture', async () => {
    await openLecture();
    await page.getByRole('slider', { name: 'Position' }).fill(String((LENGTH_S - 5) * 1000));
    await play();
    await page.getByText('The lecture has ended.').waitFor();
    const item = await allSent();
    expect(item.complete).toBe(false);
    expect(item.coveredMs).toBeLessThan(7000);
  });

  it('loses nothing and doubles nothing when the link is cut, the page reloaded and the link restored', async () => {
    await openLecture();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    // A page that the service worker has served once has all of the player.
    await page.reload();
    await play();
    await playedTo(page, 4);
    await page.context().setOffline(true);
    await playedTo(page, 9);
    await pause();
    const seconds = await positionOf(page);
    await page.getByText(/not sent yet/).waitFor();

    await page.reload();
    await page.getByRole('heading', { name: 'Terraces' }).waitFor();
    await page.getByText('There is no connection. The lecture goes on by itself').waitFor();
    await page.getByText(/not sent yet/).waitFor();

    await page.context().setOffline(false);
    const item = await allSent();
    expect(item.coveredMs / 1000).toBeGreaterThan(seconds - 1.5);
    expect(item.coveredMs / 1000).toBeLessThan(seconds + 0.5);
    expect(item.minutesMs).toBeLessThan(seconds * 1000 + 1500);
    expect(item.refused).toEqual([]);
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  });

  it('plays sound alone, faster, and finds the picture again', async () => {
    await openLecture();
    await page.getByRole('combobox', { name: 'Quality' }).selectOption({ label: 'Sound only' });
    await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: '2×' });
    await play();
    await playedTo(page, 6);
    const widthOf = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth);
    expect(await widthOf()).toBe(0);
    await page.getByRole('combobox', { name: 'Quality' }).selectOption({ label: 'Automatic' });
    await eventually('the picture', async () => ((await widthOf()) > 0 ? true : undefined));
    await playedTo(page, 10);
    await pause();
    const item = await allSent();
    expect(item.minutesMs).toBeLessThan(item.coveredMs * 0.7);
    expect(item.refused).toEqual([]);
  });

  it('shows what lies where the seek bar is pointed at, by pointer and by keys', async () => {
    await openLecture();
    const bar = page.getByRole('slider', { name: 'Position' });
    await bar.hover({ position: { x: 700, y: 5 } });
    await showsThumbnail(page, 2);
    await page.getByRole('heading', { name: 'Terraces' }).hover();
    await showsThumbnail(page, undefined);
    await bar.press('End');
    await showsThumbnail(page, 3);
    await bar.press('Home');
    await showsThumbnail(page, 0);
    await bar.press('Escape');
    await showsThumbnail(page, undefined);
  });

  it('does everything by the keyboard', async () => {
    await openLecture();
    await page.getByRole('group', { name: /^Keys:/ }).focus();
    await page.keyboard.press('k');
    await playedTo(page, 1);
    await page.keyboard.press('ArrowRight');
    await playedTo(page, 6);
    await page.keyboard.press('>');
    const rate = await page.locator('video').evaluate((video: HTMLVideoElement) => video.playbackRate);
    expect(rate).toBe(1.25);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  });

  it('sends what they watched also after somebody else has signed in', async () => {
    await openLecture();
    await page.route('**/api/v1/tracking/batches', (route) => route.abort());
    await play();
    await playedTo(page, 3);
    await pause();
    await page.getByText(/not sent yet/).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Nobody is signed in.').waitFor();
    await signInAs(page, 'operator');
    await page.getByRole('heading', { name: 'Courses' }).waitFor();
    await page.unroute('**/api/v1/tracking/batches');
    await page.reload();
    expect((await allSent()).coveredMs).toBeGreaterThan(2000);
  });

  it('meets no barrier on any screen, in either language', async () => {
    const { course, lecture } = theatre.country;
    for (const locale of ['en', 'zh-CN'] as const) {
      const own = await visit(theatre, locale);
      await own.goto('/sign-in');
      await own.locator('form').waitFor();
      expect(await violationsOn(own)).toEqual([]);
      await signInAs(own, login);
      await own.locator('main ul a').waitFor();
      expect(await own.evaluate(() => document.documentElement.lang)).toBe(locale);
      for (const path of [
        '/',
        `/courses/${course.id}`,
        `/lectures/${lecture.id}`,
        '/record',
        '/settings',
        '/nowhere',
      ]) {
        await own.goto(path);
        await own.locator('main h1').waitFor();
        expect([path, await violationsOn(own)]).toEqual([path, []]);
      }
      await own.context().close();
    }
  });
});
