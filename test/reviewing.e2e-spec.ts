import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { v7 as uuidv7 } from 'uuid';
import { expectReadableOnPhone, PHONE } from './support/accessibility.js';
import { signInToConsole } from './support/console.js';
import { eventually } from './support/eventually.js';
import { submitSignIn } from './support/sign-in.js';
import { openStage, type Stage } from './support/stage.js';
import { batchOf, seedEdition, send, spanOf } from './support/tracking.js';

let stage: Stage;
let edition: { id: string };

beforeAll(async () => {
  stage = await openStage();
  edition = await seedEdition(stage.house.database, { courseId: stage.country.course.id, lengthMs: 60_000 });
  const { sites, devices, learners } = stage.country;
  const session = {
    id: uuidv7(),
    editionId: edition.id,
    kind: 'hall',
    siteId: sites.hall,
    clockAtStartMs: 0,
    spans: [spanOf(0, 0, 60_000)],
    presences: [{ seq: 0, learnerId: learners.wang.id, clockFromMs: 0, clockToMs: null, grade: 'C' }],
    headCount: 2,
  };
  const authorization = { authorization: devices.hall.authorization };
  await send(stage.house.url, batchOf([session], Date.now() - 86_400_000), authorization);
  const evidence = { numbers: { silentMs: 20 * 86_400_000, everReported: 1 }, sessions: [], otherSiteId: null };
  await stage.house.database.query(
    `INSERT INTO flag (id, kind, site_id, device_id, subject, since, evidence, found_at)
     VALUES ($1, 'silent-device', $2, $3, 'box', CURRENT_DATE - 20, $4, now())`,
    [uuidv7(), sites.hall, devices.hall.id, JSON.stringify(evidence)],
  );
  await eventually('the totals of the hall', async () => {
    const rows = await stage.house.database.query<unknown[]>(`SELECT FROM site_day`);
    return rows.length > 0 ? true : undefined;
  });
}, 120_000);
afterAll(() => stage.close());

const onPhone = (locale: string) => stage.browser.newPage({ locale, viewport: PHONE });
const atConsole = async (login: string, path: string, locale = 'en') => {
  const page = await onPhone(locale);
  await signInToConsole(page, stage.house.url, login);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.goto(`${stage.house.url}/console${path}`);
  return page;
};
const player = async (path: string) => {
  const page = await onPhone('zh-CN');
  await page.goto(`${stage.house.url}${path}`);
  await submitSignIn(page, 'li');
  return page;
};
const save = (page: Page, name: string, words: string) => {
  const dialogue = page.getByRole('dialog');
  return dialogue
    .getByRole('textbox')
    .fill(words)
    .then(() => dialogue.getByRole('button', { name, exact: true }).click())
    .then(() => dialogue.waitFor({ state: 'detached' }));
};

describe('what stands in a record', () => {
  it('is claimed by a learner who was only counted, and confirmed by the operator', async () => {
    const learner = await player('/record');
    await learner.getByText('到场了但没有签到？').click();
    await expectReadableOnPhone(learner);
    await learner.getByRole('button', { name: /我当时在场：Wells/ }).click();
    await learner.getByText('已提交，等待确认。').waitFor();
    await learner.close();

    const operator = await atConsole('operator', '/review');
    await operator.getByRole('button', { name: 'Confirm: 李明' }).click();
    await operator.getByRole('dialog').getByRole('button', { name: 'Confirm', exact: true }).click();
    await operator.getByText('Nobody waits to be confirmed.').waitFor();
    await operator.goto(`${stage.house.url}/console/sites/${stage.country.sites.hall}/record`);
    await operator.getByText('李明 · C').waitFor();
    await operator.getByRole('button', { name: 'Name somebody: Wells' }).click();
    await operator.getByRole('combobox', { name: 'Learner' }).click();
    await operator.getByRole('option', { name: /赵强/ }).click();
    await expectReadableOnPhone(operator);
    await operator.getByRole('dialog').getByRole('button', { name: 'Name somebody', exact: true }).click();
    await operator.getByText('赵强 · C').waitFor();
    expect(await operator.getByRole('button', { name: /Name somebody/ }).count()).toBe(0);
    await operator.close();
  });

  it('is disputed by the learner, answered, and ruled upon; the learner reads it all', async () => {
    const learner = await player(`/record/${edition.id}`);
    await learner.goto(`${stage.house.url}/record/${edition.id}`);
    await learner.getByText('证据 C：当时仅清点了人数').first().waitFor();
    await learner.getByText('对此有异议').click();
    await learner.getByRole('textbox', { name: '哪里不对？' }).fill('我早走了');
    await expectReadableOnPhone(learner);
    await learner.getByRole('button', { name: '提交' }).click();
    await learner.getByText('尚未答复。').waitFor();

    const above = await atConsole('organiser', '/review');
    await above.getByText('我早走了').waitFor();
    await above.getByRole('button', { name: /^Rule: Learner [0-9a-f]{6}$/ }).click();
    await above.getByRole('radio', { name: /Nothing of this session counts/ }).check();
    await expectReadableOnPhone(above);
    await save(above, 'Rule', 'left before it began');
    await above.getByText('Nothing of this session counts for the learner').waitFor();
    await expectReadableOnPhone(above);
    expect(await above.getByText('李明').count()).toBe(0);
    await above.close();

    const secretary = await atConsole('secretary', '/review');
    await secretary.getByRole('button', { name: 'Answer: 李明' }).click();
    await save(secretary, 'Answer', 'Thank you, I shall see to it');
    await secretary.goto(`${stage.house.url}/console/learners/${stage.country.learners.li.id}/record/${edition.id}`);
    await secretary.getByText('does not count for the learner').waitFor();
    await secretary.getByRole('button', { name: /^Rule:/ }).waitFor();
    await expectReadableOnPhone(secretary);
    await secretary.close();

    await learner.reload();
    for (const text of ['Thank you, I shall see to it', '本次收看不为您计入', 'left before it began']) {
      await learner.getByText(text).waitFor();
    }
    await expectReadableOnPhone(learner);
    await learner.close();
  });

  it('and what looks odd in it, waits in a queue until somebody says what came of it', async () => {
    const organiser = await atConsole('organiser', '/review', 'zh-CN');
    await organiser.getByText('已有 20 天没有收到该终端的上报。').waitFor();
    await organiser.getByRole('button', { name: '处理: 终端无上报, Hall' }).click();
    await expectReadableOnPhone(organiser);
    await save(organiser, '保存', '村里停电');
    await organiser.getByText('这里没有提示。').waitFor();
    await organiser.getByRole('combobox', { name: '状态' }).click();
    await organiser.getByRole('option', { name: '已查看，无问题' }).click();
    await organiser.getByText('村里停电').waitFor();
    await expectReadableOnPhone(organiser);
    await organiser.close();
  });
});
