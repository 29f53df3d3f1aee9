import { DataSource, type DataSourceOptions } from 'typeorm';
import * as entities from './entities/index.js';
import { migrations } from './migrations/index.js';
import { SnakeCaseStrategy } from './snake-case.strategy.js';

export interface DatabaseConfig {
  readonly databaseUrl: string;
  /** Connections this process may hold. */
  readonly databasePool?: number;
}

/** How every process opens the database; the schema changes only by migrations. */
export const databaseOptions = ({ databaseUrl, databasePool = 10 }: DatabaseConfig): DataSourceOptions => ({
  type: 'postgres',
  url: databaseUrl,
  entities: Object.values(entities),
  migrations,
  namingStrategy: new SnakeCaseStrategy(),
  synchronize: false,
  poolSize: databasePool,
  applicationName: 'lectern',
  extra: { keepAlive: true },
});

export const createDataSource = (config: DatabaseConfig): DataSource => new DataSource(databaseOptions(config));
