import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCountry, signIn } from '../../../test/support/people.js';
import { startApi, type TestApi } from '../../../test/support/api.js';

describe('the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    await seedCountry(api.database);
  });
  afterAll(() => api.close());

  it('answers an unknown route with a problem document, in the language asked for', async () => {
    const response = await fetch(`${api.url}/api/v1/nothing`, { headers: { 'accept-language': 'zh-CN' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      code: 'not-found',
      status: 404,
      title: '内容不存在，或您无权查看。',
    });
  });

  it('lets nobody keep what is about people', async () => {
    const { cookie } = await signIn(api.url, 'li');
    const response = await fetch(`${api.url}/api/v1/session`, { headers: { cookie } });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});
