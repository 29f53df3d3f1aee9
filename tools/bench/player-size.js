// How much JavaScript the player's pages load in a real Chromium, compressed as it travels.
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { signIn } from '../api-client.js';
import { printFigure } from '../figure.js';
import { root } from '../install.js';
import { withScratchHouse } from '../scratch-house.js';
import { publishLecture } from '../upload.js';

async function signInAsPerson(page, { url, adminPassword }) {
  await page.goto(`${url}/sign-in`);
  await page.locator('form input').nth(0).fill('admin');
  await page.locator('form input').nth(1).fill(adminPassword);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(`${url}/`);
}

/** Kilobytes of JavaScript, gzipped, of one page: all of it, whether it came from the cache or not. */
async function scriptKilobytes(context, { url }, path, landmark) {
  const page = await context.newPage();
  const scripts = [];
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.push(response.body());
  });
  await page.goto(`${url}${path}`);
  await page.locator(landmark).first().waitFor();
  await page.waitForLoadState('networkidle');
  const bodies = await Promise.all(scripts);
  await page.close();
  return bodies.reduce((total, body) => total + gzipSync(body).length, 0) / 1024;
}

async function measure(house) {
  const admin = await signIn(house.url, 'admin', house.adminPassword);
  const path = join(root, 'test/media/classroom-en-720p25.mp4');
  const { id } = await publishLecture(admin, { title: 'In the classroom', path });
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    await signInAsPerson(await context.newPage(), house);
    const catalogue = await scriptKilobytes(context, house, '/', 'a[href^="/courses/"]');
    const lecture = await scriptKilobytes(context, house, `/lectures/${id}`, 'video');
    printFigure('JavaScript of the catalogue page', { value: catalogue, unit: 'KB gzip', atMost: 130 });
    printFigure('JavaScript of the lecture page', { value: lecture, unit: 'KB gzip', atMost: 360 });
  } finally {
    await browser.close();
  }
}

await withScratchHouse(['api', 'worker'], measure);
