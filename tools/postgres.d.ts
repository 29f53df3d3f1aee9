export interface PostgresServer {
  readonly url: string;
  urlOf(database: string): string;
  readonly pid: number;
  stop(): Promise<void>;
}
export function startPostgres(options: {
  readonly dataDir: string;
  readonly port?: number;
  readonly durable?: boolean;
}): Promise<PostgresServer>;
export function freePort(): Promise<number>;
