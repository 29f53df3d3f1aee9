import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violationsOn } from './support/accessibility.js';
import { eventually } from './support/eventually.js';
import { gradesOf, hallRecord } from './support/hall-record.js';
import { PIN, signIn } from './support/people.js';
import {
  checkInByPhone,
  focusOf,
  letPass,
  pairedScreen,
  PAPER,
  playPicture,
  scanAt,
  walkAt,
} from './support/remote.js';
import { openTheatre, playedTo, positionOf, type Theatre } from './support/theatre.js';

jest.setTimeout(180_000);

describe('a hall', () => {
  let theatre: Theatre;
  let page: Page;
  let operator: string;
  let record: ReturnType<typeof hallRecord>;

  beforeAll(async () => {
    theatre = await openTheatre();
    operator = (await signIn(theatre.house.url, 'operator')).cookie;
    record = hallRecord(theatre, operator);
  }, 300_000);
  afterAll(() => theatre.close());

  /** Each story has a screen that was paired by hand. */
  beforeEach(async () => {
    page = await pairedScreen(theatre, operator);
  });

  const tick = (name: string) => page.getByRole('checkbox', { name: new RegExp(name) }).check();
  const scan = (code: string) => scanAt(page, code);
  const walk = (to: string) => walkAt(page, 'ArrowDown', to);
  const isPaused = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.paused);

  it('of three learners, one of whom comes late, counts each for their own time', async () => {
    await page.getByRole('link', { name: /Terraces/ }).click();
    await tick('李明');
    await tick('王芳');
    for (let heads = 0; heads < 4; heads += 1) await page.getByRole('button', { name: '1 more', exact: true }).click();
    await page.getByText('2 here').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, 6);
    await scan(theatre.country.learners.zhao.code);
    await page.getByLabel('PIN of 赵强').waitFor();
    await scan(PIN);
    await page.getByText('赵强: checked in').waitFor();
    await page.getByText('3 here').waitFor();
    await playedTo(page, 12);
    await page.getByRole('button', { name: 'End the session' }).click();
    await page.getByRole('textbox', { name: 'What was discussed?' }).fill('Which slopes come first');
    await page.getByRole('group', { name: 'Who spoke?' }).getByRole('checkbox', { name: '王芳' }).check();
    await page.getByLabel('Photo of the paper minutes').setInputFiles(PAPER);
    await page.getByAltText('The chosen photo').waitFor();
    await page.getByRole('button', { name: 'Save and finish' }).click();
    await page.getByText('3 on the roll, 4 others').waitFor();

    const { people, headCount, playedMs, id } = await record.sessionWith('Which slopes come first');
    expect(headCount).toBe(4);
    expect((await record.withPhoto('Which slopes come first')).speakers).toEqual(['王芳']);
    const photo = await fetch(`${theatre.house.url}/api/v1/hall-sessions/${id}/photo`, {
      headers: { cookie: operator },
    });
    expect(Buffer.from(await photo.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(people.find(({ name }) => name === '赵强')?.lateMs).toBeGreaterThan(4000);
    const covered = new Map(people.map(({ name, coveredMs }) => [name, coveredMs]));
    expect(covered.get('李明')).toBeGreaterThan(playedMs - 500);
    expect(covered.get('王芳')).toBe(covered.get('李明'));
    expect(covered.get('赵强')).toBeGreaterThan(4000);
    expect(covered.get('赵强')).toBeLessThan(playedMs - 5000);
    expect(gradesOf({ people })).toEqual({ 李明: 'C', 王芳: 'C', 赵强: 'B' });
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
    for (let heads = 0; heads < 2; heads += 1) await page.getByRole('button', { name: '1 more', exact: true }).click();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('The lecture cannot be played now. The roll goes on.').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, 3);
    await page.context().setOffline(true);
    const { wang, zhao } = theatre.country.learners;
    await scan(wang.card);
    await page.getByText('王芳: checked in').waitFor();
    await scan(zhao.code);
    await page.getByLabel('PIN of 赵强').waitFor();
    await scan(PIN);
    await page.getByText('赵强: on the roll').waitFor();
    await playedTo(page, 5);
    await page.getByRole('button', { name: 'Discussion' }).click();
    await page
      .locator('div', { has: page.getByRole('heading', { name: 'Discussion' }) })
      .getByText('0:08')
      .waitFor();
    await page.getByRole('button', { name: 'Go on with the lecture' }).click();
    await playedTo(page, 7);
    await page.getByRole('button', { name: '10 more' }).click();
    await scan(wang.card);
    await page.getByText('王芳: checked out').waitFor();
    await page.getByText('2 here').waitFor();
    await playedTo(page, 10);
    await page.getByRole('button', { name: 'End the session' }).click();
    const endedMs = (await positionOf(page)) * 1000;
    await page.getByRole('textbox', { name: 'What was discussed?' }).fill('We read the notes aloud');
    await page.getByLabel('Photo of the paper minutes').setInputFiles(PAPER);
    await page.getByAltText('The chosen photo').waitFor();
    await page.getByRole('button', { name: 'Save and finish' }).click();
    await page.getByText('The session is kept.').waitFor();
    await page.getByText(/not sent yet/).waitFor();
    await page.context().setOffline(false);
    const { people, playedMs, headCount } = await record.withPhoto('We read the notes aloud');
    expect(headCount).toBe(12);
    // Eight seconds of talking are none of watching.
    expect(Math.abs(playedMs - endedMs)).toBeLessThan(1500);
    expect(gradesOf({ people })).toEqual({ 李明: 'C', 王芳: 'B', 赵强: 'C' });
    const wangs = people.find(({ name }) => name === '王芳');
    expect(wangs?.earlyMs).toBeGreaterThan(2000);
    expect(wangs?.coveredMs).toBeLessThan(playedMs - 4000);
    await eventually('an empty outbox', async () =>
      (await page.getByText(/not sent yet/).count()) === 0 ? true : undefined,
    );
  });

  it('is run with four arrows, OK and a scanner, through a prompt, a power cut and a discussion', async () => {
    const { wang, zhao } = theatre.country.learners;
    await page.getByRole('searchbox').focus();
    await walk('Terraces');
    await page.getByRole('heading', { name: 'Roll-call' }).waitFor();
    await walk('Start');
    await playPicture(page);
    await checkInByPhone(theatre, page, 'li');
    await scan(wang.card);
    await page.getByText('王芳: checked in').waitFor();
    await scan(zhao.card);
    const isFocusWhereItWas = await focusOf(page);
    // The house tells the screen of the phone; from then on its holder is one of those who are here.
    await page.getByText('3 here').waitFor({ timeout: 45_000 });
    await page.getByText('Still here?').waitFor({ timeout: 60_000 });
    const goesOn = async () => [await playedTo(page, (await positionOf(page)) + 0.5), await isPaused()];
    expect([await isFocusWhereItWas(), ...(await goesOn())]).toEqual([true, true, false]);
    await scan(wang.card);
    await page.getByText('王芳: thank you').waitFor();
    // Two have not answered when its time is over: it goes, and nothing else happens.
    await letPass(page, 80_000);
    await page.getByText('Still here?').waitFor({ state: 'detached' });
    expect([await isFocusWhereItWas(), ...(await goesOn())]).toEqual([true, true, false]);
    // Whenever the question came, enough is left to play.
    const before = await page.locator('video').evaluate((video: HTMLVideoElement) => (video.currentTime = 5));
    await eventually(
      'a flush to the disk',
      async () => ((await positionOf(page)) > before + 6 ? true : undefined),
      30_000,
    );

    await page.reload();
    await page.getByText(/This session was cut off/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('3 here').waitFor();
    await playPicture(page);
    await playedTo(page, before + 1);
    await page.keyboard.press('ArrowRight');
    await walk('Discussion');
    await page.getByText('This time does not count as watching.').waitFor();
    expect(await isPaused()).toBe(true);
    await page.keyboard.press('Enter');
    await eventually('the lecture to go on', async () => ((await isPaused()) ? undefined : true));
    for (const key of ['ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await walk('End the session');
    await walk('李明');
    await walk('Save and finish');
    await page.getByText('3 on the roll, 0 others').waitFor();

    const cutOff = (isIt: boolean) =>
      record.sessionThat(
        ({ people, speakers }) =>
          people.length === 3 &&
          speakers.includes('李明') !== isIt &&
          people.some(({ grade }) => grade === 'A') === isIt,
      );
    const sessions = [await cutOff(true), await cutOff(false)];
    expect(sessions.map(gradesOf)).toEqual([
      { 李明: 'B', 王芳: 'A', 赵强: 'B' },
      { 李明: 'B', 王芳: 'B', 赵强: 'B' },
    ]);
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
