import type { JobDefinition } from '#libs/contracts';
import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import type { z } from 'zod';
import { withoutNul } from './without-nul.js';

/** Puts jobs into their queues. The row in the database comes first: a job only wakes a worker. */
@Injectable()
export class JobSender {
  constructor(private readonly modules: ModuleRef) {}

  /** Queues one job under an id; while the queue keeps a job of this id, even a finished one, another changes nothing. */
  async send<P extends z.ZodType>(job: JobDefinition<P>, id: string, payload: z.input<P>): Promise<void> {
    const queue = this.queue(job);
    await queue.add(job.queue, withoutNul(job.payload.parse(payload)), { jobId: id });
  }

  /** Like `send`, but a finished job of this id, which the row does not know of, gives way to a new one. */
  async ensure<P extends z.ZodType>(
    job: JobDefinition<P>,
    id: string,
    payload: z.input<P>,
    delayMs = 0,
  ): Promise<void> {
    const queue = this.queue(job);
    const known = await queue.getJob(id);
    if (known && ((await known.isCompleted()) || (await known.isFailed()))) await known.remove();
    await queue.add(job.queue, withoutNul(job.payload.parse(payload)), { jobId: id, delay: delayMs });
  }

  /** Whether the queue can be reached. @throws what the backend throws when it cannot. */
  async check(job: JobDefinition<z.ZodType>): Promise<void> {
    await this.queue(job).getJobCounts('waiting');
  }

  private queue(job: JobDefinition<z.ZodType>): Queue {
    return this.modules.get<Queue>(getQueueToken(job.queue), { strict: false });
  }
}
