import type { LectureView } from '#libs/contracts';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { clientOf } from './client.js';
import { eventually } from './eventually.js';
import { PASSWORD, signIn } from './people.js';
import { submitSignIn } from './sign-in.js';
import { openStage, type Stage } from './stage.js';
import { UPLOAD_CONTENT, uploadMetadata } from './tus.js';

const run = promisify(execFile);

/** Of the theatre's lecture. */
export const LENGTH_S = 40;

/** A stage with one lecture that went through upload and encoding. */
export type Theatre = Stage;

export async function openTheatre(overrides: Record<string, string> = {}): Promise<Theatre> {
  const stage = await openStage(overrides);
  try {
    await publishLecture(stage.house.url, stage.country.lecture.id);
    return stage;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

/** A picture and a tone, small and quick to encode, through the real upload. */
export async function publishLecture(url: string, lectureId: string, lengthS = LENGTH_S): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-theatre-'));
  const file = join(folder, 'lecture.mp4');
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=426x240:rate=15:duration=${lengthS}`];
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${lengthS}`];
  const encoding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest'];
  await run('ffmpeg', ['-v', 'error', ...picture, ...sound, ...encoding, file]);
  await uploadLecture(url, lectureId, file);
  await rm(folder, { recursive: true });
  await eventually(
    'the encoded lecture',
    async () => {
      const { state, failure } = await lectureAt(url, lectureId);
      if (state === 'failed') throw new Error(`The lecture failed: ${failure?.detail ?? ''}`);
      return state === 'ready' ? true : undefined;
    },
    240_000,
  );
}

/** How a lecture stands, for its librarian. */
export async function lectureAt(url: string, lectureId: string): Promise<LectureView> {
  const { cookie } = await signIn(url, 'librarian');
  return (await (await fetch(`${url}/api/v1/lectures/${lectureId}`, { headers: { cookie } })).json()) as LectureView;
}

/** Sends a file as an edition of a lecture, all at once. */
export async function uploadLecture(url: string, lectureId: string, file: string): Promise<void> {
  const bytes = await readFile(file);
  const { cookie } = await signIn(url, 'librarian');
  const created = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      cookie,
      'tus-resumable': '1.0.0',
      'content-type': UPLOAD_CONTENT,
      'upload-length': String(bytes.length),
      'upload-metadata': uploadMetadata({ filename: 'lecture.mp4', lectureId }),
    },
    body: new Uint8Array(bytes),
  });
  if (created.status !== 201) throw new Error(`The upload failed: ${created.status} ${await created.text()}`);
}

/** A new learner of the hall with an account, who has watched nothing yet. @returns the learner's id. */
export async function welcomeLearner({ house, country }: Theatre, login: string): Promise<string> {
  const call = await clientOf(house.url, [country.accounts.admin.login]);
  const { login: admin } = country.accounts.admin;
  const learner = await call('POST', `/sites/${country.sites.hall}/roster`, admin, { code: login, name: login });
  const learnerId = (learner.body as { id: string }).id;
  const account = await call('POST', '/accounts', admin, { login, name: login, password: PASSWORD, learnerId });
  if (account.status !== 201) throw new Error(`${login} got no account: ${JSON.stringify(account.body)}`);
  return learnerId;
}

/** A person's own browser, in one language. */
export async function visit(
  { house, browser }: Pick<Theatre, 'house' | 'browser'>,
  locale: 'en' | 'zh-CN' = 'en',
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ baseURL: house.url, locale });
  return context.newPage();
}

export async function signInAs(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in');
  await submitSignIn(page, login, password);
}

/** Where the picture is now, in seconds. */
export const positionOf = (page: Page): Promise<number> =>
  page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);

/** Lets the lecture play until it is there. */
export const playedTo = (page: Page, seconds: number): Promise<true> =>
  eventually(
    `the picture at ${seconds} s`,
    async () => ((await positionOf(page)) >= seconds ? true : undefined),
    120_000,
  );
