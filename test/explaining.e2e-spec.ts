import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { expectReadableOnPhone, PHONE } from './support/accessibility.js';
import { signInToConsole } from './support/console.js';
import { submitSignIn } from './support/sign-in.js';
import { openStage, type Stage } from './support/stage.js';
import { batchOf, seedEdition, send, spanOf } from './support/tracking.js';

let stage: Stage;
let edition: { id: string; lectureId: string };

beforeAll(async () => {
  stage = await openStage();
  edition = await seedEdition(stage.house.database, { courseId: stage.country.course.id, lengthMs: 60_000 });
  const session = {
    id: uuidv7(),
    editionId: edition.id,
    kind: 'hall',
    siteId: stage.country.sites.hall,
    clockAtStartMs: 0,
    spans: [
      spanOf(0, 0, 10_000),
      spanOf(1, 10_000, 40_000),
      { ...spanOf(2, 40_000, 60_000, 50_000), clockToMs: 51_000 },
    ],
    presences: [{ seq: 0, learnerId: stage.country.learners.li.id, clockFromMs: 20_000, clockToMs: null, grade: 'C' }],
  };
  const batch = batchOf([session], Date.now() - 86_400_000);
  await send(stage.house.url, batch, { authorization: stage.country.devices.hall.authorization });
}, 120_000);
afterAll(() => stage.close());

const onPhone = (locale: string) => stage.browser.newPage({ locale, viewport: PHONE });

describe.each([
  {
    locale: 'en',
    link: /Where these numbers come from: “Wells”/,
    ofTime: 'Where the time and the credit come from',
    adds: 'Adds 0:20 to the time spent.',
    ofLearner: 'Record of 李明',
    days: 'Days',
    ofDay: /Where the minutes of 李明/,
    parts: 'All parts of this session',
    texts: ['Sent by the screen “box” of the site', 'named in the roll-call', 'Adds 0:20', 'without you there'],
    refusal: /Part 3: more of the lecture went by than time passed/,
    ofConsole: ['Sent by the device “box”', 'without the learner there', 'more of the lecture went by'],
  },
  {
    locale: 'zh-CN',
    link: /查看这些数据的来源：“Wells”/,
    ofTime: '查看用时和学时的来源',
    adds: '使用时增加 0:20。',
    ofLearner: '李明的记录',
    days: '日期',
    ofDay: /李明在.*的分钟数来源/,
    parts: '本次收看的全部片段',
    texts: ['由站点终端“box”上报', '点名时记有您的姓名', '使已看增加 0:20', '您不在场'],
    refusal: /第 3 段：播放的内容比经过的时间长/,
    ofConsole: ['由终端“box”上报', '学员不在场', '播放的内容比经过的时间长'],
  },
])(
  'where a number comes from, in $locale',
  ({ locale, link, ofTime, adds, ofLearner, days, ofDay, parts, texts, refusal, ofConsole }) => {
    it('is told to the learner: where, when, by which device and grade, what did not count and why', async () => {
      const page = await onPhone(locale);
      await page.goto(`${stage.house.url}/record`);
      await submitSignIn(page, 'li');
      await page.getByRole('link', { name: ofTime }).waitFor();
      await expectReadableOnPhone(page);
      await page.getByRole('link', { name: ofTime }).click();
      await page.getByRole('heading', { level: 2 }).getByRole('link').waitFor();
      await expectReadableOnPhone(page);
      await page.getByRole('heading', { level: 2 }).getByRole('link').click();
      await page.getByText(adds).waitFor();
      await expectReadableOnPhone(page);
      await page.getByRole('link', { name: link }).click();
      await page.getByText(parts).click();
      for (const text of texts) await page.getByText(text).first().waitFor();
      await page.locator('details', { hasText: refusal }).locator('summary').click();
      await page.getByText(refusal).waitFor();
      await expectReadableOnPhone(page);
      await page.close();
    });

    it('is told to those who keep the roster', async () => {
      const page = await onPhone(locale);
      await signInToConsole(page, stage.house.url, 'secretary');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.goto(`${stage.house.url}/console/lectures/${edition.lectureId}/record`);
      await page.getByRole('link', { name: '李明' }).click();
      await page.locator('summary').click();
      for (const text of ofConsole) await page.getByText(text).first().waitFor();
      await expectReadableOnPhone(page);
      await page.getByRole('link', { name: ofLearner }).click();
      await page.getByRole('heading', { level: 1, name: ofLearner }).waitFor();
      await expectReadableOnPhone(page);
      await page.getByRole('table', { name: days }).getByRole('link').click();
      await page.getByRole('heading', { level: 1, name: ofDay }).waitFor();
      await expectReadableOnPhone(page);
      await page.close();
    });
  },
);
