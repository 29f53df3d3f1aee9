import { Injectable } from '@nestjs/common';
import { availableParallelism, hostname } from 'node:os';
import { v7 as uuidv7 } from 'uuid';

/** Who this worker is, in its row of `worker` and in those of the jobs that it takes. New at each start. */
@Injectable()
export class WorkerIdentity {
  readonly id = uuidv7();
  readonly host = hostname();
  readonly cores = availableParallelism();
}
