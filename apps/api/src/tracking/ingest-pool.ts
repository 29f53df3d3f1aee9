import type { ApiConfig } from '#libs/config';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg, { type QueryResultRow } from 'pg';
import { CONFIG } from '../http/config.js';
import { BY_KEY, IN_UTC, type Statement } from '#libs/database';

/** One for each group that is on its way: nothing of ingest ever waits for a connection, nor anybody else for ingest. */
export const INGEST_CONNECTIONS = 2;

/** The connections of ingest, apart from those by which people are answered: no flood of batches takes theirs. */
@Injectable()
export class IngestPool implements OnApplicationShutdown {
  private readonly pool: pg.Pool;

  constructor(@Inject(CONFIG) config: Pick<ApiConfig, 'databaseUrl'>) {
    const settings = {
      max: INGEST_CONNECTIONS,
      application_name: 'lectern-ingest',
      keepAlive: true,
      options: `${IN_UTC} ${BY_KEY}`,
    };
    this.pool = new pg.Pool({ connectionString: config.databaseUrl, ...settings });
    this.pool.on('error', (error) => new Logger('Tracking').warn(`A connection of ingest was lost: ${error.message}`));
  }

  async run<Rows extends QueryResultRow[]>(statement: Statement, values: readonly unknown[]): Promise<Rows> {
    const { rows } = await this.pool.query<Rows[number]>({ ...statement, values: [...values] });
    return rows as Rows;
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}
