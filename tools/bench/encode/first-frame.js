// How soon a lecture can be watched: from the answer to the last byte of its upload to its first picture in Chromium, in a house with one
// worker, against bare ffmpeg making the whole ladder of its first 12 seconds; and whether an hour takes longer.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { signIn } from '../../api-client.js';
import { printFigure } from '../../figure.js';
import { waitUntil } from '../../processes.js';
import { withScratchHouse } from '../../scratch-house.js';
import { createLecture, uploadLecture } from '../../upload.js';
import { encodeByReference } from './encodes.js';

const execute = promisify(execFile);
const ROUNDS = 3;
const LIMIT_MS = 120_000;
const HOUR_MS = 3_600_000;

async function openPlayer({ url, adminPassword }) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(`${url}/sign-in`);
  await page.locator('form input').nth(0).fill('admin');
  await page.locator('form input').nth(1).fill(adminPassword);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(`${url}/`);
  return { browser, page };
}

const hasPicture = (page) =>
  page.locator('video').evaluate((video) => video.getVideoPlaybackQuality().totalVideoFrames > 0);

/** Seconds, and where they went. */
async function watchUpload(house, path) {
  const api = await signIn(house.url, 'admin', house.adminPassword);
  const { browser, page } = await openPlayer(house);
  try {
    const id = await createLecture(api, { title: 'First frame' });
    await uploadLecture(api, { lectureId: id, path });
    const finishedAt = performance.now();
    const isWatchable = async () => (await api.get(`/lectures/${id}`)).watchable;
    await waitUntil('the lecture to be watchable', isWatchable, LIMIT_MS);
    const watchableAt = performance.now();
    await page.goto(`${house.url}/lectures/${id}`, { waitUntil: 'commit' });
    await waitUntil('the first picture', () => hasPicture(page), LIMIT_MS, 10);
    const [watchable, seen] = [watchableAt, performance.now()].map((at) => (at - finishedAt) / 1000);
    return { watchable, seen };
  } finally {
    await browser.close();
  }
}

/** The first 12 s, or as many times the lecture as make an hour. */
async function copied(source, path, options, inputOptions = []) {
  await execute('ffmpeg', ['-v', 'error', '-nostdin', ...inputOptions, '-i', source, '-c', 'copy', ...options, path]);
  return path;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const told = ({ watchable, seen }) => `${seen.toFixed(2)} s, watchable after ${watchable.toFixed(2)} s`;

/** Prints the figures of one lecture. */
export async function printFirstFrame(lecture, folder) {
  const { source, facts, name } = lecture;
  const beginning = await copied(source, join(folder, 'beginning.mp4'), ['-t', '12']);
  const loops = Math.ceil(HOUR_MS / facts.video.endMs) - 1;
  const hour = await copied(source, join(folder, 'hour.mp4'), ['-t', '3600'], ['-stream_loop', String(loops)]);
  const [bare, short, long] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    const run = await encodeByReference('single', { source: beginning, facts }, join(folder, `bare-${round}`));
    bare.push(run.wallSeconds);
    short.push(await withScratchHouse(['api', 'worker'], (house) => watchUpload(house, source)));
    long.push(await withScratchHouse(['api', 'worker'], (house) => watchUpload(house, hour)));
  }
  const [ofShort, ofLong] = [short, long].map((runs) => median(runs.map(({ seen }) => seen)));
  printFigure(`${name}: upload finished to first frame, over bare ffmpeg making the ladder of 12 s`, {
    value: ofShort / median(bare),
    unit: '×',
    reference: `${short.map(told).join('; ')}; ffmpeg ${bare.map((seconds) => `${seconds} s`).join(', ')}`,
    atMost: 2,
  });
  printFigure(`${name}: upload finished to first frame, an hour of it over all of it once`, {
    value: ofLong / ofShort,
    unit: '×',
    reference: long.map(told).join('; '),
    atMost: 1.2,
  });
}
