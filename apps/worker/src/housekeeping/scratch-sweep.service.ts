import { BlobStore } from '#libs/storage';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { running } from './sweep.queries.js';

const HOUR_MS = 3_600_000;

/** Removes from this machine's scratch what jobs have left that do not run: their workers were killed. */
@Injectable()
export class ScratchSweep {
  constructor(
    private readonly database: DataSource,
    private readonly store: BlobStore,
  ) {}

  async run(graceMs = HOUR_MS): Promise<void> {
    const left = (await this.store.scratch.list()).filter(
      ({ changedAt }) => changedAt.getTime() <= Date.now() - graceMs,
    );
    const jobIds = left.flatMap(({ id }) => jobIdOf(id) ?? []);
    const kept = new Set((await running(this.database.manager, jobIds)).map(({ id, fence }) => `${id}-${fence}`));
    for (const { id } of left) if (!kept.has(id)) await this.store.scratch.remove(id);
  }
}

/** A job's scratch is called `{job}-{fence}`. */
const jobIdOf = (name: string): string | undefined =>
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-\d+$/.exec(name)?.[1];
