import type { ApiConfig } from '#libs/config';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CONFIG } from '../http/config.js';
import { ComeBackLater } from '../http/problem.js';
import { type Arrived, IngestDesk } from './ingest-desk.js';
import { type Answer, type Asked, failureOf, GOODBYE } from './ingest-messages.js';
import { Posted } from './posted.js';

/** What the thread may hold and refuse is counted there; this bounds only what waits for it to look. */
const MOST_WAITING = 4000;
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

interface Waiting {
  readonly bytes: number;
  readonly resolve: (answer: string) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Hands batches to a thread of this process that does nothing else, with connections of its own to the database: however
 * many there are, people's requests have an event loop to themselves. What goes wrong in the thread ends the process, as it
 * would without one.
 */
@Injectable()
export class IngestThread implements OnApplicationShutdown {
  private readonly waiting = new Map<number, Waiting>();
  private bytes = 0;
  private last = 0;
  private isClosing = false;
  private readonly thread: Worker | undefined;
  private readonly asked: Posted<Asked>;

  constructor(
    private readonly desk: IngestDesk,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.thread = config.ingestThread ? this.start(config) : undefined;
    this.asked = new Posted((messages) => this.thread?.postMessage(messages));
  }

  /** @throws {DomainError} what is wrong with the request as a whole */
  take(arrived: Arrived): Promise<string> {
    return this.thread ? this.ask(arrived) : this.desk.take(arrived);
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.thread) return;
    this.isClosing = true;
    const ended = once(this.thread, 'exit');
    this.thread.postMessage(GOODBYE);
    await ended;
  }

  private start({ databaseUrl, ingestLimits }: ApiConfig): Worker {
    const thread = new Worker(new URL('../ingest.js', import.meta.url), { workerData: { databaseUrl, ingestLimits } });
    thread.on('message', (answers: readonly Answer[]) => answers.forEach((answer) => this.hear(answer)));
    thread.once('exit', () => {
      if (!this.isClosing) throw new Error('The thread for ingest has ended.');
    });
    return thread;
  }

  private ask(arrived: Arrived): Promise<string> {
    const bytes = arrived.body.length;
    if (this.waiting.size >= MOST_WAITING || this.bytes + bytes > MOST_WAITING_BYTES)
      throw new ComeBackLater('too-busy', Math.ceil(5 + 10 * Math.random()));
    this.bytes += bytes;
    return new Promise((resolve, reject) => {
      this.waiting.set((this.last += 1), { bytes, resolve, reject });
      this.asked.post({ id: this.last, arrived });
    });
  }

  private hear({ id, said }: Answer): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    this.bytes -= waiting.bytes;
    if (typeof said === 'string') waiting.resolve(said);
    else waiting.reject(failureOf(said));
  }
}
