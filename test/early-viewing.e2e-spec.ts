import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LearnerRecord } from '#libs/contracts';
import { Lecture } from '#libs/database';
import { rm } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from './support/eventually.js';
import { signIn } from './support/people.js';
import { makeClip, movingClip } from './support/recordings.js';
import {
  lectureAt,
  openTheatre,
  playedTo,
  positionOf,
  signInAs,
  type Theatre,
  uploadLecture,
  visit,
  welcomeLearner,
} from './support/theatre.js';

const LOOPS = 7;

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
}, 300_000);
afterAll(() => theatre.close());

describe('a lecture that is still being encoded', () => {
  it('is watched from its beginning on, goes on past what was there at first, and counts', async () => {
    const { house, country } = theatre;
    const lecture = { id: uuidv7(), courseId: country.course.id, title: 'Contour farming', position: 2 };
    await house.database.manager.insert(Lecture, lecture);
    const learnerId = await welcomeLearner(theatre, 'early-bird');
    const page = await visit(theatre);
    await signInAs(page, 'early-bird');
    await page.getByRole('heading', { name: 'Courses' }).waitFor();

    const ten = await movingClip(house.mediaRoot, 10, '1280x720');
    const file = await makeClip(
      house.mediaRoot,
      'long.mp4',
      '-stream_loop',
      String(LOOPS - 1),
      '-i',
      ten,
      '-c',
      'copy',
    );
    await uploadLecture(house.url, lecture.id, file);
    await Promise.all([ten, file].map((path) => rm(path)));
    await eventually('something to watch', async () =>
      (await lectureAt(house.url, lecture.id)).watchable ? true : undefined,
    );
    await page.goto(`/lectures/${lecture.id}`);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await playedTo(page, 1);
    expect(await positionOf(page)).toBeLessThan(8);
    expect((await lectureAt(house.url, lecture.id)).state).toBe('encoding');

    await playedTo(page, 21);
    await eventually(
      'the whole lecture',
      async () => ((await lectureAt(house.url, lecture.id)).state === 'ready' ? true : undefined),
      120_000,
    );
    const length = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.duration);
    await eventually('its whole length', async () => ((await length()) > LOOPS * 10 - 1 ? true : undefined), 30_000);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();

    const { cookie } = await signIn(house.url, 'early-bird');
    await eventually('the record', async () => {
      const answer = await fetch(`${house.url}/api/v1/learners/${learnerId}/record`, { headers: { cookie } });
      const [item] = ((await answer.json()) as LearnerRecord).items;
      return item && item.coveredMs >= 20_000 && item.refused.length === 0 ? item : undefined;
    });
  }, 300_000);
});

describe('a player whose larger part comes late', () => {
  it('has not forgotten that play was pressed before', async () => {
    const { browser, house, country } = theatre;
    await welcomeLearner(theatre, 'hasty');
    const context = await browser.newContext({ baseURL: house.url, locale: 'en', serviceWorkers: 'block' });
    const page = await context.newPage();
    await signInAs(page, 'hasty');
    await page.getByRole('heading', { name: 'Courses' }).waitFor();
    await page.route(/hls-engine/, async (route) => {
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await route.continue();
    });
    await page.goto(`/lectures/${country.lecture.id}`);
    await playedTo(page, 1);
    await context.close();
  });
});
