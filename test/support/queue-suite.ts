import { defineJob } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { JobHandler, JobSender, type QueueConfig, QueueModule } from '#libs/queue';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BullModule, getQueueToken, Processor } from '@nestjs/bullmq';
import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Job, Queue } from 'bullmq';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { eventually } from './eventually.js';

const Note = defineJob('test-note', z.object({ text: z.string() }));
const HungNote = defineJob('test-hung-note', z.object({ text: z.string() }));

/** Every text that was handled, in order. */
const handled: string[] = [];

/** `broken rule` and `broken pipe` fail as they say, the first for good. */
function take({ text }: { text: string }): Promise<void> {
  handled.push(text);
  if (text.startsWith('broken rule')) throw new DomainError('source-empty', 'A rule\0 was broken.');
  if (text.startsWith('broken pipe')) throw new Error('A pipe\0 was broken.');
  return Promise.resolve();
}

@Processor(Note.queue)
class NoteHandler extends JobHandler<typeof Note.payload> {
  protected readonly definition = Note;
  protected readonly handle = take;
}

@Processor(HungNote.queue, { stalledInterval: 500, autorun: false })
class HungNoteHandler extends JobHandler<typeof HungNote.payload> {
  protected readonly definition = HungNote;
  protected readonly handle = take;
}

@Module({})
class NoteHouse {
  static for(config: QueueConfig): DynamicModule {
    const names = [Note, HungNote].map(({ queue: name }) => ({ name }));
    const imports = [QueueModule.for(config), BullModule.registerQueue(...names)];
    return { module: NoteHouse, imports, providers: [NoteHandler, HungNoteHandler] };
  }
}

/** What the house relies on of its queue, whatever carries it. */
export function describeQueue(configure: () => Promise<QueueConfig>): void {
  let app: INestApplicationContext;
  let config: QueueConfig;
  let jobs: JobSender;

  beforeAll(async () => {
    config = await configure();
    app = await NestFactory.createApplicationContext(NoteHouse.for(config), { logger: ['error'] });
    jobs = app.get(JobSender);
  });
  afterAll(() => app.close());

  const queue = () => app.get<Queue>(getQueueToken(Note.queue), { strict: false });
  const finished = (id: string): Promise<Job> =>
    eventually(`the end of job ${id}`, async () => {
      const job = await queue().getJob(id);
      return job?.finishedOn === undefined ? undefined : job;
    });
  const times = (text: string) => handled.filter((other) => other === text).length;

  it('hands a job to its handler', async () => {
    await jobs.send(Note, 'one', { text: '一句话' });
    expect(await (await finished('one')).isCompleted()).toBe(true);
    expect(times('一句话')).toBe(1);
  });

  it('handles one id once, however often it is sent', async () => {
    await Promise.all(Array.from({ length: 5 }, () => jobs.send(Note, 'same', { text: 'same' })));
    await finished('same');
    await jobs.send(Note, 'same', { text: 'same' });
    await jobs.send(Note, 'after same', { text: 'after same' });
    await finished('after same');
    expect(times('same')).toBe(1);
  });

  it('handles a new generation, though a finished job of the row is kept', async () => {
    for (const generation of [1, 2]) {
      await jobs.send(Note, `row-${generation}`, { text: 'a generation' });
      await finished(`row-${generation}`);
    }
    expect(times('a generation')).toBe(2);
  });

  it('lets a finished job give way when the row says that there is still work', async () => {
    await jobs.ensure(Note, 'ensured', { text: 'ensured' });
    await finished('ensured');
    await jobs.ensure(Note, 'ensured', { text: 'ensured' });
    await eventually('the second time', () => Promise.resolve(times('ensured') === 2 || undefined));
  });

  it('tries again after an error, but never after a broken rule', async () => {
    for (const text of ['broken rule', 'broken pipe']) {
      await queue().add(Note.queue, { text }, { jobId: text, attempts: 3 });
      expect(await (await finished(text)).isFailed()).toBe(true);
    }
    expect([times('broken rule'), times('broken pipe')]).toEqual([1, 3]);
  });

  it('fails a payload of another shape at once', async () => {
    await queue().add(Note.queue, { words: 1 }, { jobId: 'another shape', attempts: 3 });
    expect((await finished('another shape')).attemptsMade).toBe(1);
  });

  it('is not wedged by a NUL in the data or in an error', async () => {
    await jobs.send(Note, 'nul', { text: 'broken pipe with a NUL: \0' });
    const { failedReason } = await finished('nul');
    expect(failedReason).toBe('A pipe was broken.');
    expect(times('broken pipe with a NUL: ')).toBe(1);
    await jobs.send(Note, 'after nul', { text: 'after nul' });
    expect(await (await finished('after nul')).isCompleted()).toBe(true);
  });

  it('gives the job of a killed worker to another', async () => {
    const id = uuidv7();
    const text = 'taken twice';
    await jobs.send(HungNote, id, { text });
    await killWhileWorking(config);
    const { worker } = app.get(HungNoteHandler);
    void worker.run();
    await eventually('another worker', () => Promise.resolve(times(text) === 1 || undefined));
  });
}

/** Takes the hung note in a process of its own, and kills it at work. */
async function killWhileWorking({ databaseUrl, redisUrl }: QueueConfig): Promise<void> {
  const connection = redisUrl
    ? { url: redisUrl, maxRetriesPerRequest: null }
    : { connectionString: databaseUrl, schema: 'bullmq', max: 2, migrate: false };
  const script = `
    import { createPostgresBackend, withBackend, Worker } from 'bullmq';
    const Kind = ${redisUrl ? 'Worker' : 'withBackend(createPostgresBackend).Worker'};
    const hang = () => (console.log('working'), new Promise(() => {}));
    new Kind('${HungNote.queue}', hang, { connection: ${JSON.stringify(connection)}, lockDuration: 1000, stalledInterval: 500 });
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}
