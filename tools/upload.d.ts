import type { ApiClient } from './api-client.js';

export function publishLecture(
  api: ApiClient,
  lecture: { readonly title: string; readonly path: string },
): Promise<{ id: string }>;
