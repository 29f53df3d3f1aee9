import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { v7 as uuidv7 } from 'uuid';
import type { UnitRecord } from '#libs/contracts';
import { violationsOn } from './support/accessibility.js';
import { apiEnvironment } from './support/config.js';
import { downloadCsv, rowOf, signInToConsole } from './support/console.js';
import { eventually } from './support/eventually.js';
import { signIn } from './support/people.js';
import { openStage, type Stage } from './support/stage.js';
import { batchOf, seedEdition, send, spanOf } from './support/tracking.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.close());

/** The hall, then the school, sees the whole lecture. */
async function watchEverywhere() {
  const { id: editionId } = await seedEdition(stage.house.database, {
    courseId: stage.country.course.id,
    lengthMs: 60_000,
  });
  const { hall, school } = stage.country.sites;
  for (const [siteId, device, learner] of [
    [hall, stage.country.devices.hall, stage.country.learners.li],
    [school, stage.country.devices.school, stage.country.learners.chen],
  ] as const) {
    const presences = [{ seq: 0, learnerId: learner.id, clockFromMs: 0, clockToMs: null, grade: 'B' }];
    const session = { id: uuidv7(), editionId, kind: 'hall', siteId, clockAtStartMs: 0, spans: [spanOf(0, 0, 60_000)] };
    await send(stage.house.url, batchOf([{ ...session, presences, headCount: 20 }], Date.now() - 86_400_000), {
      authorization: device.authorization,
    });
  }
}

/** Exit code and what it says. */
const recompute = (...words: string[]) =>
  new Promise<{ code: number | null; out: string }>((resolve) => {
    const { options } = stage.house.database;
    const url = 'url' in options ? String(options.url) : '';
    const env = { ...process.env, ...apiEnvironment(), DATABASE_URL: url, MEDIA_ROOT: stage.house.mediaRoot };
    const child = execFile(process.execPath, ['dist/apps/api/src/recompute.js', ...words], { env }, (_, out, errors) =>
      resolve({ code: child.exitCode, out: out + errors }),
    );
  });

it('what two sites watched stands within a minute in the record of the centre, and leads down to the site', async () => {
  await watchEverywhere();
  const { cookie } = await signIn(stage.house.url, 'organiser');
  const record = await eventually('the totals of the centre', async () => {
    const answer = await fetch(`${stage.house.url}/api/v1/units/${stage.country.units.centre}/record`, {
      headers: { cookie },
    });
    const found = (await answer.json()) as UnitRecord;
    return found.sessions === 2 ? found : undefined;
  });
  expect(record).toMatchObject({ audience: 42, completions: null, creditMs: 120_000 });

  const page = await stage.browser.newPage({ locale: 'en', viewport: { width: 1280, height: 900 } });
  await signInToConsole(page, stage.house.url, 'organiser');
  await page.getByRole('link', { name: 'Sites' }).click();
  await page.getByRole('navigation', { name: 'Units' }).getByRole('button', { name: 'Centre' }).click();
  await page.getByRole('link', { name: 'Record of Centre' }).click();
  await page.getByRole('heading', { name: 'Record of Centre' }).waitFor();
  expect(await rowOf(page, 'Units below', 'North')).toMatchObject({
    Sessions: '1',
    Audience: '21',
    Completions: 'not told',
  });
  expect(await violationsOn(page)).toEqual([]);
  await page.getByLabel('Break down by').selectOption('category');
  await page.getByRole('cell', { name: 'Without a category' }).waitFor();
  await page.getByLabel('Break down by').selectOption('unit');
  expect(await downloadCsv(page)).toMatchObject([
    { Name: 'North', Sessions: '1', People: '21', Completions: 'not told' },
    { Name: 'South', Sessions: '1', People: '21', Completions: 'not told' },
  ]);
  await page.getByRole('link', { name: 'North' }).click();
  await page.getByRole('link', { name: 'Village A' }).click();
  await page.getByRole('heading', { name: 'Record of Village A' }).waitFor();
  await page.getByLabel('Break down by').selectOption('site');
  await page.getByRole('link', { name: 'Hall' }).click();
  await page.getByRole('heading', { name: 'Record of Hall' }).waitFor();
  await page.getByText('You see counts only').waitFor();
  await page.getByLabel('Break down by').selectOption('day');
  await page.getByRole('table', { name: 'Days' }).waitFor();
  expect(await rowOf(page, 'Days', ', 20')).toMatchObject({ Audience: '21' });
  expect(await page.getByText('李明').count()).toBe(0);
  expect(await violationsOn(page)).toEqual([]);
  await page.close();
}, 60_000);

it('the command says that all is equal, finds what was broken by hand, and mends it', async () => {
  expect(await recompute()).toMatchObject({ code: 0, out: expect.stringContaining('is equal') });
  await stage.house.database.query(`UPDATE learner_credit SET credit_ms = 1`);
  const broken = await recompute('--compare');
  expect(broken.code).toBe(1);
  expect(broken.out).toContain('learner: 2 compared, 2 differ');
  expect(broken.out).toMatch(/learner_credit should be \{.*"credit_ms":60000/);
  expect(await recompute('--write')).toMatchObject({ code: 0 });
  expect(await recompute('--compare')).toMatchObject({ code: 0 });
  expect(await recompute('--mend')).toMatchObject({ code: 2 });
}, 60_000);
