import type { JobDefinition } from '#libs/contracts';
import { DomainError } from '#libs/domain';
import { WorkerHost } from '@nestjs/bullmq';
import { type Job, UnrecoverableError } from 'bullmq';
import { type z, ZodError } from 'zod';
import { withoutNul } from './without-nul.js';

/** Takes jobs of one kind from their queue. A broken rule or payload fails at once; anything else may be tried again. */
export abstract class JobHandler<P extends z.ZodType> extends WorkerHost {
  protected abstract readonly definition: JobDefinition<P>;
  protected abstract handle(payload: z.output<P>): Promise<void>;

  override async process(job: Job<unknown>): Promise<void> {
    try {
      await this.handle(this.definition.payload.parse(job.data));
    } catch (error) {
      const message = withoutNul(error instanceof Error ? error.message : String(error));
      if (error instanceof DomainError || error instanceof ZodError) throw new UnrecoverableError(message);
      throw new Error(message, { cause: error });
    }
  }
}
