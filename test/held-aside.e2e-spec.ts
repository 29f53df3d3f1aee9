import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { v7 as uuidv7 } from 'uuid';
import { violationsOn } from './support/accessibility.js';
import { signInToConsole } from './support/console.js';
import { openStage, type Stage } from './support/stage.js';
import { batchOf, seedEdition, send, spanOf } from './support/tracking.js';

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  const edition = await seedEdition(stage.house.database, { courseId: stage.country.course.id, lengthMs: 600_000 });
  const { hall } = stage.country.devices;
  const [own, copy] = [uuidv7(), uuidv7()];
  await stage.house.database.query(`UPDATE device SET installation = $1 WHERE id = $2`, [own, hall.id]);
  for (const number of [0, 4])
    await send(
      stage.house.url,
      batchOf([], Date.now() - 3_600_000, { deviceId: hall.id, installation: own, number }),
      hall,
    );
  for (let number = 0; number < 3; number += 1) {
    const session = {
      ...{ id: uuidv7(), editionId: edition.id, kind: 'hall', siteId: stage.country.sites.hall, clockAtStartMs: 0 },
      spans: [spanOf(0, 0, 60_000 * (number + 1))],
    };
    const marks = { deviceId: hall.id, installation: copy, number };
    await send(stage.house.url, batchOf([session], Date.now() - 3_600_000, marks), hall);
  }
  page = await stage.browser.newPage({ locale: 'en', viewport: { width: 1280, height: 740 } });
}, 120_000);
afterAll(() => stage.close());

const counted = async () => {
  const [row] = await stage.house.database.query<[{ sessions: number }]>(
    `SELECT count(*)::int AS sessions FROM tracking_session`,
  );
  return row.sessions;
};
const confirm = async (label: string) => {
  await page.getByRole('dialog').last().getByRole('button', { name: label }).last().click();
};

describe('what may come from a copy of a device', () => {
  it('stands beside what has not arrived of the device itself', async () => {
    await signInToConsole(page, stage.house.url, 'operator');
    await page.goto(`${stage.house.url}/console/sites/${stage.country.sites.hall}`);
    await page.getByText('3 batches of this device have not arrived').waitFor();
    await page.getByText(/^3 batches .* copy/).waitFor();
  });

  it('is looked at batch by batch in the console, and counted or discarded as somebody knows better', async () => {
    await page.getByRole('button', { name: 'Look at each: box' }).click();
    const held = page.getByRole('table', { name: 'Batches that are held aside' });
    await held.getByRole('checkbox').nth(2).waitFor();
    expect(await held.getByRole('row').nth(2).innerText()).toContain('Another installation');
    expect(await violationsOn(page)).toEqual([]);
    await held.getByRole('checkbox').nth(1).focus();
    await page.keyboard.press('Space');
    await page.getByRole('dialog').getByRole('button', { name: 'Count them' }).click();
    await page.getByText('Count 1 batch of box?').waitFor();
    await confirm('Count them');
    await held.getByRole('checkbox').nth(2).waitFor({ state: 'detached' });
    expect(await counted()).toBe(1);

    await held.getByRole('checkbox').first().check();
    await page.getByText('All but the chosen ones').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard them' }).click();
    await page.getByText('Discard 1 batch of box?').waitFor();
    await confirm('Discard them');
    await held.getByRole('checkbox').nth(1).waitFor({ state: 'detached' });
    expect(await held.getByRole('checkbox').count()).toBe(1);
    expect(await counted()).toBe(1);
  });
});
