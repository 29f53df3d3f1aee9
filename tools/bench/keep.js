// Keeps a lecture on a device over a link of a village: 2 Mbit/s, and cut every 30 s. How many bytes travel for the bytes of
// its blobs? Counted at the link itself: everything that comes down it while the lecture is kept, headers, manifest and
// what was under way when it broke.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { signIn } from '../api-client.js';
import { printFigure } from '../figure.js';
import { withScratchHouse } from '../scratch-house.js';
import { publishLecture } from '../upload.js';

const BYTES_A_SECOND = 250_000;
const CUT_EVERY_MS = 30_000;
const TICK_MS = 20;

/** A link between browser and house: so many bytes a second down, all connections cut now and then. */
async function startLink(target) {
  const open = new Set();
  const link = { downBytes: 0, cuts: 0, port: 0, isSlow: false };
  let credit = 0;
  const server = createServer({ pauseOnConnect: true }, (near) => {
    const far = connect(target.port, target.hostname, () => near.resume());
    const pair = { near, far, waiting: [] };
    open.add(pair);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      pair.waiting.push(bytes);
      // The house sends no more than the link carries.
      if (pair.waiting.length > 2) far.pause();
    });
    const end = () => {
      open.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  });
  const carry = () => {
    credit = link.isSlow ? Math.min(BYTES_A_SECOND / 10, credit + (BYTES_A_SECOND * TICK_MS) / 1000) : Infinity;
    for (const pair of open) credit = carryDown(pair, credit, link);
  };
  const cut = () => {
    if (!link.isSlow) return;
    link.cuts += 1;
    for (const { near, far } of open) for (const socket of [near, far]) socket.resetAndDestroy();
    open.clear();
  };
  const timers = [setInterval(carry, TICK_MS), setInterval(cut, CUT_EVERY_MS)];
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  link.port = server.address().port;
  link.stop = () => {
    timers.forEach(clearInterval);
    for (const { near, far } of open) for (const socket of [near, far]) socket.destroy();
    server.close();
  };
  return link;
}

function carryDown(pair, credit, link) {
  while (credit > 0 && pair.waiting.length > 0) {
    const [first] = pair.waiting;
    const piece = first.subarray(0, Math.min(first.length, credit));
    if (piece.length === first.length) pair.waiting.shift();
    else pair.waiting[0] = first.subarray(piece.length);
    pair.near.write(piece);
    if (link.isSlow) link.downBytes += piece.length;
    credit -= piece.length;
  }
  if (pair.waiting.length === 0) pair.far.resume();
  return credit;
}

async function signInAsPerson(page, { adminPassword }) {
  await page.goto('/sign-in');
  await page.locator('form input').nth(0).fill('admin');
  await page.locator('form input').nth(1).fill(adminPassword);
  await page.locator('form button[type=submit]').click();
  await page.locator('main ul a').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}

/** Sizes of what is kept, by the names of the blobs: as they lie on the device. */
const keptBytes = (page) =>
  page.evaluate(async () => {
    const shelf = await globalThis.caches.open('lectern-kept');
    const blobs = (await shelf.keys()).filter(({ url }) => !url.includes('/kept/'));
    const sizes = await Promise.all(blobs.map(async (blob) => (await (await shelf.match(blob)).blob()).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  });

async function keepOver(link, house, id) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ baseURL: `http://127.0.0.1:${link.port}` });
    const page = await context.newPage();
    await signInAsPerson(page, house);
    // On the page of the course nothing plays, so that all that comes down the link is for keeping.
    const { courseId } = await (await context.request.get(`/api/v1/lectures/${id}`)).json();
    await page.goto(`/courses/${courseId}`);
    await page.getByRole('button', { name: 'Keep the course on this device' }).click();
    const choice = page.getByRole('button', { name: 'Best picture that fits' });
    await choice.waitFor();
    link.isSlow = true;
    const begun = Date.now();
    await choice.click();
    await page.getByText('The course is kept on this device.').waitFor();
    await page.getByRole('link', { name: 'On this device' }).first().click();
    await page.getByText('Kept: plays without a connection').waitFor({ timeout: 15 * 60_000 });
    // What is still under way of the last blob's answer.
    await wait(500);
    return { kept: await keptBytes(page), seconds: (Date.now() - begun) / 1000 };
  } finally {
    await browser.close();
  }
}

async function measure(house, path) {
  const admin = await signIn(house.url, 'admin', house.adminPassword);
  const { id } = await publishLecture(admin, { title: 'Kept', path });
  const link = await startLink(new URL(house.url.replace('localhost', '127.0.0.1')));
  try {
    const { kept, seconds } = await keepOver(link, house, id);
    printFigure('bytes over the link for the bytes of the blobs', {
      value: link.downBytes / kept,
      digits: 4,
      reference: `${(kept / 1e6).toFixed(2)} MB of blobs in ${seconds.toFixed(0)} s, cut ${link.cuts} times`,
      atMost: 1.02,
    });
  } finally {
    link.stop();
  }
}

/** A picture that is hard to encode, so that a short lecture has many bytes. */
async function makeLecture(folder) {
  const path = join(folder, 'lecture.mp4');
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=12:duration=90,noise=alls=30:allf=t'];
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=90'];
  const encoding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  await promisify(execFile)('ffmpeg', ['-v', 'error', ...picture, ...sound, ...encoding, '-shortest', path]);
  return path;
}

const folder = mkdtempSync(join(tmpdir(), 'lectern-keep-'));
try {
  const path = process.argv[2] ?? (await makeLecture(folder));
  await withScratchHouse(['api', 'worker'], (house) => measure(house, path));
} finally {
  rmSync(folder, { recursive: true });
}
