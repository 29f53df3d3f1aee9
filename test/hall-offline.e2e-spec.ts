import type { LearnerRecord, LectureView, SiteRecord, SiteSessionRecord } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { clientOf } from './support/client.js';
import { eventually } from './support/eventually.js';
import { PIN, signIn } from './support/people.js';
import { askAs, pairedScreen, playPicture, scanAt, walkAt } from './support/remote.js';
import { openTheatre, playedTo, positionOf, publishLecture, type Theatre } from './support/theatre.js';

jest.setTimeout(180_000);

/** Of each that follows the first. */
const SHORT_S = 4;

describe('a hall without a link', () => {
  let theatre: Theatre;
  let page: Page;
  let operator: string;
  let [secondId, thirdId] = ['', ''];

  beforeAll(async () => {
    theatre = await openTheatre();
    const { house, country } = theatre;
    const call = await clientOf(house.url, ['librarian']);
    const publish = async (title: string) => {
      const { body } = await call('POST', '/lectures', 'librarian', { courseId: country.course.id, title });
      const { id } = body as LectureView;
      await publishLecture(house.url, id, SHORT_S);
      return id;
    };
    secondId = await publish('Ditches');
    thirdId = await publish('Springs');
    operator = (await signIn(house.url, 'operator')).cookie;
    page = await pairedScreen(theatre, operator);
    await page.getByRole('link', { name: /Terraces/ }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  }, 300_000);
  afterAll(() => theatre.close());

  const walk = (to: string) => walkAt(page, 'ArrowDown', to);
  const ask = <T>(path: string): Promise<T> => askAs(theatre, operator, path);

  /** By the way that a person goes: the whole course, in the smallest picture. */
  const keepTheCourse = async () => {
    await page.goto(`/courses/${theatre.country.course.id}`);
    await page.getByRole('button', { name: 'Keep the course on this device' }).click();
    await page.getByRole('button', { name: /^Small picture/ }).click();
    await page.getByRole('link', { name: 'On this device' }).first().click();
    await eventually('all lectures', async () =>
      (await page.getByText('Kept: plays without a connection').count()) === 3 ? true : undefined,
    );
  };
  const cutTheLink = async () => {
    await theatre.house.kill('api', 'SIGTERM');
    await page.context().setOffline(true);
    await page.goto('/hall');
  };
  const restoreTheLink = async () => {
    await theatre.house.start('api');
    await page.context().setOffline(false);
  };
  /** What has been told to the disk is older than what is on the screen, by no more than a flush. */
  const flushedAt = async (): Promise<number> => {
    const at = await positionOf(page);
    await eventually('a flush', async () => ((await positionOf(page)) > at + 5 ? true : undefined), 30_000);
    return positionOf(page);
  };
  /** No page says goodbye when the power goes. */
  const cutThePower = async () => {
    const context = page.context();
    const plug = await context.newCDPSession(page);
    const gone = page.waitForEvent('crash');
    plug.send('Page.crash').catch(() => undefined);
    await gone;
    await page.close();
    page = await context.newPage();
    await page.goto('/hall');
  };
  const coveredMs = (item: LearnerRecord['items'][number] | undefined): number => item?.coveredMs ?? NaN;
  const writeDown = (note: string) => page.getByRole('textbox', { name: 'What was discussed?' }).fill(note);

  it('lets a learner sign in by card, and by code and PIN', async () => {
    const { wang, li } = theatre.country.learners;
    const screen = await pairedScreen(theatre, operator);
    await screen.goto('/sign-in');
    await screen.getByRole('textbox', { name: 'Card code' }).fill(wang.card);
    await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
    await screen.getByRole('link', { name: 'My record' }).waitFor();
    await screen.getByRole('link', { name: 'Settings' }).click();
    await screen.getByRole('button', { name: 'Sign out' }).click();
    await screen.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
    await screen.getByRole('button', { name: 'Learner code and PIN' }).click();
    await screen.getByRole('textbox', { name: 'Learner code' }).fill(li.code);
    await screen.getByRole('textbox', { name: 'PIN', exact: true }).fill(PIN);
    await screen.getByRole('button', { name: 'Sign in', exact: true }).click();
    await screen.getByText('李明').waitFor();
  });

  it('plays a kept course with the same people, through two power cuts, and nothing is lost or doubled', async () => {
    const { wang } = theatre.country.learners;
    await keepTheCourse();
    await cutTheLink();
    await page.getByRole('searchbox').focus();
    await walkAt(page, 'ArrowUp', 'Play a list');
    await page.getByRole('link', { name: /Soil and water/ }).click();
    await page.getByRole('button', { name: /1\. Terraces/ }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('2 more lectures follow').waitFor();
    await walk('Start');
    await playPicture(page);
    await scanAt(page, wang.card);
    await page.getByText('王芳: checked in').waitFor();
    const cutAt = await flushedAt();

    await cutThePower();
    await page.getByText('“Terraces” has not been closed yet.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(/This session was cut off/).waitFor();
    await page.keyboard.press('Enter');
    await playPicture(page);
    await playedTo(page, cutAt + 1);
    await page.keyboard.press('ArrowRight');
    await walk('End the session');
    await writeDown('We will dig on Monday');
    await page.locator('form').getByText('Next: Ditches').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    const firstEndedAt = await positionOf(page);
    await walk('Save, then the next lecture');
    await page.getByText('1 here').waitFor();
    await playPicture(page);
    await page.getByRole('heading', { name: 'The lecture has ended.' }).waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await walk('Write down what was discussed');
    await writeDown('Who has a spade');
    await page.getByRole('button', { name: 'Save and finish' }).click();
    await page.getByText('The session is kept.').waitFor();
    await page.getByText('Next: Springs').waitFor();

    await cutThePower();
    await page.getByText('“Soil and water” has more lectures.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('1 person of the roster was here in the lecture before').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('1 here').waitFor();
    await playPicture(page);
    await page.getByRole('heading', { name: 'The lecture has ended.' }).waitFor();
    await page.keyboard.press('Enter');
    await writeDown('Home before the rain');
    await walk('Save and finish');
    await page.getByText('The session is kept.').waitFor();
    await page.getByText(/not sent yet/).waitFor();

    await restoreTheLink();
    await eventually('an empty outbox', async () =>
      (await page.getByText(/not sent yet/).count()) === 0 ? true : undefined,
    );
    const record = await ask<LearnerRecord>(`/learners/${wang.id}/record`);
    const of = (lectureId: string) => record.items.find((item) => item.lectureId === lectureId);
    const [first, ...others] = [theatre.country.lecture.id, secondId, thirdId].map(of);
    expect(record.items.flatMap(({ refused }) => refused)).toEqual([]);
    // From the card on, and to where the picture stood: a power cut takes no more than has not been flushed, which is played again.
    const [heardOf, again] = [coveredMs(first) - firstEndedAt * 1000, (first?.minutesMs ?? NaN) - coveredMs(first)];
    expect(Math.abs(heardOf)).toBeLessThan(3000);
    expect(again).toBeLessThan(6000);
    for (const other of others) expect(Math.abs(coveredMs(other) - SHORT_S * 1000)).toBeLessThan(1000);

    const { sessions } = await ask<SiteRecord>(`/sites/${theatre.country.sites.hall}/record`);
    const told = (session: SiteSessionRecord) => [session.note, session.people.map(({ name, grade }) => name + grade)];
    expect(sessions?.toReversed().map(told)).toEqual([
      [null, ['王芳B']],
      ['We will dig on Monday', ['王芳B']],
      ['Who has a spade', ['王芳B']],
      // Nobody has shown a card since the power was cut: the operator answers for them.
      ['Home before the rain', ['王芳C']],
    ]);
  });
});
