import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Course, Lecture } from '#libs/database';
import { SignJWT } from 'jose';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { seedEdition } from './support/editions.js';
import { signIn } from './support/people.js';
import { openTheatre, signInAs, type Theatre, visit } from './support/theatre.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PLAY_SIGNING_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const sentences = {
  en: {
    'wrong-credentials': 'The name or the password is wrong. Please try again.',
    'not-found': 'This does not exist, or you may not see it.',
    'play-token-expired': 'The right to play this lecture has run out. Open it again from the list.',
    'no-link': 'There is no connection to the server. Check the link and try again.',
    'pairing-code-invalid': 'This pairing code is wrong, used up or too old. Ask for a new one.',
  },
  'zh-CN': {
    'wrong-credentials': '账号或密码不正确，请重试。',
    'not-found': '内容不存在，或您无权查看。',
    'play-token-expired': '播放授权已过期，请从课程列表重新打开。',
    'no-link': '无法连接服务器，请检查网络后重试。',
    'pairing-code-invalid': '配对码错误、已使用或已过期，请索取新的配对码。',
  },
} as const;

let theatre: Theatre;
let southern: string;
beforeAll(async () => {
  theatre = await openTheatre({ PLAY_SIGNING_KEY });
  southern = await publishInTheSouth(theatre);
}, 300_000);
afterAll(() => theatre.close());

/** A lecture that is ready to watch, in a branch that Li is not under. @returns its id. */
async function publishInTheSouth({ house, country }: Theatre): Promise<string> {
  const db = house.database.manager;
  const [courseId, id] = [uuidv7(), uuidv7()];
  await db.insert(Course, { id: courseId, unitId: country.units.south, title: 'Rice' });
  await db.insert(Lecture, { id, courseId, position: 0, title: 'Paddies' });
  await seedEdition(house.database, house.mediaRoot, id);
  return id;
}

describe.each(['en', 'zh-CN'] as const)('what the player refuses, in %s', (locale) => {
  const said = sentences[locale];

  it('is a wrong password', async () => {
    const page = await visit(theatre, locale);
    await signInAs(page, 'li', 'not the password');
    await page.getByRole('alert').getByText(said['wrong-credentials']).waitFor();
  });

  it('is a pairing code that nobody gave out', async () => {
    const page = await visit(theatre, locale);
    await page.goto('/pair');
    await page.locator('input[name=code]').fill('ABCD-EFGH');
    await page.locator('main button').click();
    await page.getByRole('alert').getByText(said['pairing-code-invalid']).waitFor();
  });

  it('is a lecture that one has no right to see', async () => {
    const { cookie } = await signIn(theatre.house.url, 'librarian');
    const toOthers = await fetch(`${theatre.house.url}/api/v1/lectures/${southern}`, { headers: { cookie } });
    expect(await toOthers.json()).toMatchObject({ title: 'Paddies', state: 'ready' });

    const page = await visit(theatre, locale);
    await signInAs(page, 'li');
    await page.locator('main ul a').waitFor();
    await page.goto(`/lectures/${southern}`);
    await page.getByRole('alert').getByText(said['not-found']).waitFor();
  });

  it('is a right to play that has run out', async () => {
    const page = await visit(theatre, locale);
    await signInAs(page, 'li');
    await page.locator('main ul a').waitFor();
    await page.route('**/play', async (route) => {
      const response = await route.fetch();
      const grant = (await response.json()) as { editionId: string; playlistUrl: string };
      const token = await new SignJWT()
        .setProtectedHeader({ alg: 'ES256' })
        .setSubject(grant.editionId)
        .setExpirationTime(1_700_000_000)
        .sign(createPrivateKey(PLAY_SIGNING_KEY));
      const expired = new URL(grant.playlistUrl);
      expired.searchParams.set('token', token);
      await route.fulfill({ response, json: { ...grant, playlistUrl: expired.href } });
    });
    await page.goto(`/lectures/${theatre.country.lecture.id}`);
    await page.getByText(said['play-token-expired']).waitFor();
  });

  it('is an answer that cannot come without a link', async () => {
    const page = await visit(theatre, locale);
    await page.goto('/sign-in');
    await page.locator('form').waitFor();
    await page.context().setOffline(true);
    await page.locator('input[name=login]').fill('li');
    await page.locator('input[name=password]').fill('x');
    await page.locator('button[type=submit]').click();
    await page.getByRole('alert').getByText(said['no-link']).waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
  });
});
