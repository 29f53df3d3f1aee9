import type { ApiConfig } from '#libs/config';
import { DomainError } from '#libs/domain';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Lock, Locker, RequestRelease } from '@tus/server';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { CONFIG } from '../http/config.js';
import { InTurn } from '../http/in-turn.js';

const CHANNEL = 'upload_wanted';
const PATIENCE_MS = 5_000;
const POLL_MS = 50;

interface Want {
  readonly patienceMs: number;
  /** Whoever holds the upload is asked to let go. */
  readonly steals: boolean;
  /** What to do when somebody else asks so. */
  readonly letGo: RequestRelease;
  readonly isOver: () => boolean;
}

/**
 * One writer to an upload at a time, over all API processes: advisory locks of PostgreSQL, held on one connection of
 * this process, so that they end with it. Who wants an upload more (HEAD, DELETE) asks its holder, wherever that is, to
 * let go.
 */
@Injectable()
export class UploadLocks implements OnApplicationShutdown {
  private connection: Promise<pg.Client> | undefined;
  /** A connection answers one question at a time. */
  private readonly turns = new InTurn();
  /** Wanted or held by a request of this process. */
  private readonly claimed = new Set<string>();
  private readonly held = new Map<string, RequestRelease>();

  constructor(@Inject(CONFIG) private readonly config: ApiConfig) {}

  /** For a request of the tus server; `steals`: the one who holds the upload is asked to let go. */
  locker(steals: boolean): Locker {
    return {
      newLock: (id): Lock => ({
        lock: (signal, letGo) =>
          this.take(id, { patienceMs: PATIENCE_MS, steals, letGo, isOver: () => signal.aborted }),
        unlock: () => this.release(id),
      }),
    };
  }

  /** Does something while nobody else touches the upload. @throws {DomainError} `upload-busy` after `patienceMs`. */
  async during<T>(id: string, patienceMs: number, act: () => Promise<T>): Promise<T> {
    await this.take(id, { patienceMs, steals: false, letGo: () => undefined, isOver: () => false });
    try {
      return await act();
    } finally {
      await this.release(id);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.connection)?.end();
  }

  private async take(id: string, { patienceMs, steals, letGo, isOver }: Want): Promise<void> {
    const end = Date.now() + patienceMs;
    while (!(await this.tryTake(id, letGo))) {
      if (Date.now() >= end || isOver()) throw new DomainError('upload-busy', 'Another request holds this upload.');
      if (steals) await this.query('SELECT pg_notify($1, $2)', [CHANNEL, id]);
      await wait(POLL_MS);
    }
  }

  /** A connection gets an advisory lock that it has as often as it likes; `claimed` tells our own requests apart. */
  private async tryTake(id: string, letGo: RequestRelease): Promise<boolean> {
    if (this.claimed.has(id)) return false;
    this.claimed.add(id);
    const taken = await this.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken', [id]).then(
      ({ rows }) => rows[0]?.taken === true,
      (error: unknown) => {
        this.claimed.delete(id);
        throw error;
      },
    );
    if (taken) this.held.set(id, letGo);
    else this.claimed.delete(id);
    return taken;
  }

  private async release(id: string): Promise<void> {
    if (!this.held.delete(id)) return;
    try {
      await this.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [id]);
    } finally {
      this.claimed.delete(id);
    }
  }

  private async query(sql: string, values: unknown[]): Promise<pg.QueryResult<{ taken?: boolean }>> {
    return this.turns.run('query', async () => {
      this.connection ??= this.connect();
      return (await this.connection).query(sql, values);
    });
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.config.databaseUrl, application_name: 'lectern uploads' });
    client.on('error', () => this.lose());
    client.on('notification', ({ payload }) => void this.held.get(payload ?? '')?.());
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      this.lose();
      throw error;
    }
    return client;
  }

  /** With the connection went every lock: whoever writes must stop. */
  private lose(): void {
    this.connection = undefined;
    for (const letGo of this.held.values()) void letGo();
    this.held.clear();
    this.claimed.clear();
  }
}
