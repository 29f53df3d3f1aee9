import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Job } from '#libs/database';
import { Ffmpeg } from '#libs/media';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movingClip } from '../../../../test/support/recordings.js';
import { type StandIn, standIn, stuck } from '../../../../test/support/stubs.js';
import { Studio } from '../../../../test/support/studio.js';

/** In the command line of what is stuck, and of nothing else. */
const mark = 85_000 + process.pid / 1e7;

const stuckProcesses = async (): Promise<string[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter((command) => command.includes(`\0${mark}\0`));
};

describe('a lecture at which ffmpeg gets stuck, deaf to SIGTERM', () => {
  let clips: string;
  let studio: Studio;
  let stub: StandIn;
  beforeAll(async () => {
    clips = await mkdtemp(join(tmpdir(), 'lectern-clips-'));
    stub = await standIn('ffmpeg', `[ -e ${clips}/hang ] && { ${stuck(mark)}; }\nexec /usr/bin/ffmpeg "$@"`);
    const bare = { isolation: false, limits: false, tether: false };
    studio = await Studio.open({}, await Ffmpeg.start(bare, { stallMs: 400, graceMs: 200 }));
  });
  afterAll(async () => {
    await studio.close();
    await stub.remove();
    await rm(clips, { recursive: true, force: true });
  });

  it('fails for that reason after a second try, and leaves nothing behind; the next lecture becomes ready', async () => {
    const clip = await movingClip(clips, 2, '320x240');
    await writeFile(join(clips, 'hang'), '');
    const id = await studio.send(clip);
    expect(await studio.end(id)).toMatchObject({ state: 'failed', failureCode: 'encode-stalled', live: false });
    const tried = await studio.db.findBy(Job, { editionId: id, state: 'failed' });
    expect(tried.map(({ attempts }) => attempts)).toContain(2);
    await rm(join(clips, 'hang'));
    expect(await studio.end(await studio.send(clip))).toMatchObject({ state: 'ready' });
    expect(await stuckProcesses()).toEqual([]);
  });
});
