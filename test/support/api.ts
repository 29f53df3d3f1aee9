import type { ApiConfig } from '#libs/config';
import { createApi } from '../../apps/api/src/app.js';
import { rm } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { testConfig } from './config.js';

export interface TestApi {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly config: ApiConfig;
  readonly database: DataSource;
  /** The Nest application, to ask for providers. */
  readonly app: Awaited<ReturnType<typeof createApi>>;
  close(): Promise<void>;
}

/** The real API in this process, on a free port, with a database and a media folder of its own. */
export async function startApi(overrides: Record<string, string> = {}): Promise<TestApi> {
  const config = await testConfig(overrides);
  const removeMedia = () => rm(config.mediaRoot, { recursive: true, force: true });
  const app = await listening(config).catch(async (error: unknown) => {
    await removeMedia();
    throw error;
  });
  return {
    url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
    config,
    database: app.get(DataSource),
    app,
    close: async () => {
      await app.close();
      await removeMedia();
    },
  };
}

async function listening(config: ApiConfig) {
  const app = await createApi(config);
  await app.listen(0, '127.0.0.1');
  return app;
}
