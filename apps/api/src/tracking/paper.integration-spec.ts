import type { SiteRecord } from '#libs/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type Call, clientOf } from '../../../../test/support/client.js';
import { seedEdition, startWatching } from '../../../../test/support/tracking.js';

const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];
const YESTERDAY = new Date(Date.now() - DAY_MS).toISOString();

describe('a session on paper', () => {
  let house: Awaited<ReturnType<typeof startWatching>>;
  let call: Call;
  let lectureId: string;

  beforeAll(async () => {
    house = await startWatching();
    call = await clientOf(house.api.url, ['operator', 'organiser', 'auditor', 'li']);
    const { country, api } = house;
    lectureId = (await seedEdition(api.database, { courseId: country.course.id, lengthMs: 10 * MINUTE_MS })).lectureId;
  });
  afterAll(() => house.api.close());

  const sheet = (more: object = {}) => ({
    id: uuidv7(),
    lectureId,
    startedAt: YESTERDAY,
    fromMs: 0,
    toMs: 9 * MINUTE_MS,
    present: [house.country.learners.wang.id, house.country.learners.li.id],
    headCount: 4,
    note: 'We read it aloud',
    ...more,
  });
  const typeIn = (paper: object, as = 'operator', site = house.country.sites.hall) =>
    call('POST', `/sites/${site}/paper-sessions`, as, paper);
  const sessions = async () =>
    ((await call('GET', `/sites/${house.country.sites.hall}/record`, 'operator')).body as SiteRecord).sessions ?? [];

  it('counts as any other, by roll-call, under a mark of its own', async () => {
    const paper = sheet();
    expect(await typeIn(paper)).toMatchObject({ status: 201, body: { sessionId: paper.id } });
    const found = (await sessions()).find(({ id }) => id === paper.id);
    expect(found).toMatchObject({ isPaper: true, kind: 'hall', datedBy: 'claim', startedAt: YESTERDAY, headCount: 4 });
    expect(found).toMatchObject({ note: 'We read it aloud', playedMs: 9 * MINUTE_MS });
    expect(found?.people.map(({ name, grade, coveredMs }) => [name, grade, coveredMs])).toEqual([
      ['李明', 'C', 9 * MINUTE_MS],
      ['王芳', 'C', 9 * MINUTE_MS],
    ]);
    const path = `/learners/${house.country.learners.li.id}/record`;
    const { items } = (await call('GET', path, 'li')).body as { items: { editionId: string; lectureId: string }[] };
    const edition = items.find((item) => item.lectureId === lectureId)?.editionId ?? '';
    const explained = await call('GET', `${path}/${edition}`, 'li');
    expect(explained.body.items).toMatchObject([{ id: paper.id, isPaper: true, deviceName: null, grade: 'C' }]);
  });

  it('is one, however often it is sent, and never becomes another', async () => {
    const paper = sheet();
    const before = (await sessions()).length;
    for (let tries = 0; tries < 3; tries += 1) expect((await typeIn(paper)).status).toBe(201);
    expect((await sessions()).length).toBe(before + 1);
    expect((await typeIn({ ...paper, headCount: 400 })).status).toBe(409);
    expect((await typeIn({ ...paper, toMs: 8 * MINUTE_MS }, 'organiser')).status).toBe(409);
  });

  it('cannot claim what cannot have been', async () => {
    const soon = new Date(Date.now() - 8 * MINUTE_MS).toISOString();
    for (const impossible of [
      { toMs: 10 * MINUTE_MS + 1 },
      { fromMs: 5000, toMs: 5000 },
      { startedAt: soon },
      { startedAt: '1970-01-01T00:00:00Z' },
      { startedAt: '' },
      { present: [house.country.learners.chen.id] },
      { headCount: -1 },
    ])
      expect((await typeIn(sheet(impossible))).status).toBe(400);
    expect((await typeIn(sheet({ lectureId: uuidv7() }))).status).toBe(404);
  });

  it('is typed in by those who answer for the roster, and by nobody else', async () => {
    expect((await typeIn(sheet(), 'operator', house.country.sites.school)).status).toBe(403);
    expect((await typeIn(sheet(), 'auditor')).status).toBe(403);
    expect((await typeIn(sheet(), 'li')).status).toBe(403);
    expect((await typeIn(sheet(), 'organiser')).status).toBe(201);
  });
});
