import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sha256Of, startUploads, type TestUploads, uploadIdOf } from '../../../../test/support/tus.js';

const run = promisify(execFile);
/** Debian's own Python, which sees Debian's packages. */
const PYTHON = '/usr/bin/python3';

describe('an independent tus client', () => {
  let u: TestUploads;
  const file = randomBytes(320_000);
  beforeAll(async () => {
    u = await startUploads();
  });
  afterAll(() => u.api.close());

  it('resumes in a new process what it began in another, with a checksum on every chunk', async () => {
    const path = join(u.api.config.mediaRoot, 'lecture.mp4');
    await writeFile(path, file);
    const metadata = { filename: 'lecture.mp4', lectureId: u.country.lecture.id, sha256: sha256Of(file) };
    const tuspy = async (chunks: number, ...url: string[]) => {
      const endpoint = `${u.api.url}/api/v1/uploads`;
      const args = [endpoint, u.cookie, path, JSON.stringify(metadata), String(chunks), ...url];
      const { stdout } = await run(PYTHON, ['test/support/tuspy_resume.py', ...args]);
      return stdout.trim().split(' ');
    };
    const [url = '', offset] = await tuspy(2);
    expect(offset).toBe('100000');
    expect(await u.offset(new URL(url).pathname)).toBe(100_000);
    const [, end] = await tuspy(0, url);
    expect(end).toBe('320000');
    expect(await readFile(join(u.api.config.mediaRoot, 'sources', uploadIdOf(url)))).toEqual(file);
  });
});
