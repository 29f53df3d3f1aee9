import { foldSessions } from '#libs/database';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A night's work; the rest waits for the next. */
const SESSIONS_A_NIGHT = 50_000;

/** Folds sessions whose detail has been kept as long as their unit wants (docs/adr/0022): no total changes. */
@Injectable()
export class Fold {
  private readonly logger = new Logger(Fold.name);

  constructor(private readonly database: DataSource) {}

  async run(signal: AbortSignal): Promise<void> {
    const folded = await foldSessions(this.database, SESSIONS_A_NIGHT, signal);
    if (folded > 0) this.logger.log(`The detail of ${folded} sessions has given way to what they gave`);
  }
}
