import { DataSource, type DataSourceOptions } from 'typeorm';
import * as entities from './entities/index.js';
import { migrations } from './migrations/index.js';
import { SnakeCaseStrategy } from './snake-case.strategy.js';

export interface DatabaseConfig {
  readonly databaseUrl: string;
  /** Connections this process may hold. */
  readonly databasePool?: number;
  /** What the server is told of each connection, such as `BY_KEY`. */
  readonly connectionOptions?: string;
}

/**
 * For connections on which all is looked up by key: a statement that was planned while a table was small would read all of
 * it for as long as the plan is kept, and reads 500 rows to find 25.
 */
export const BY_KEY = '-c enable_seqscan=off';

/**
 * Whatever zone a server stands in, a statement that names none means UTC, in every process alike. What has a day of its
 * own, such as a roster, names the zone of its place.
 */
export const IN_UTC = '-c timezone=UTC';

/** How every process opens the database; the schema changes only by migrations. */
export const databaseOptions = ({
  databaseUrl,
  databasePool = 10,
  connectionOptions = '',
}: DatabaseConfig): DataSourceOptions => ({
  type: 'postgres',
  url: databaseUrl,
  entities: Object.values(entities),
  migrations,
  namingStrategy: new SnakeCaseStrategy(),
  synchronize: false,
  poolSize: databasePool,
  applicationName: 'lectern',
  extra: { keepAlive: true, options: `${IN_UTC} ${connectionOptions}`.trim() },
});

export const createDataSource = (config: DatabaseConfig): DataSource => new DataSource(databaseOptions(config));
