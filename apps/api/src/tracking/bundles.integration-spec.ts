import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '#libs/contracts';
import {
  type Bytes,
  joined,
  MAX_BUNDLE_FILE_BYTES,
  newSigner,
  publicText,
  readReceipt,
  receiptTag,
  sealBundle,
} from '#libs/domain';
import { importBundles, postBundles, seedSigner } from '../../../../test/support/bundles.js';
import { signIn } from '../../../../test/support/people.js';
import { batchOf, send, spanOf, startWatching } from '../../../../test/support/tracking.js';

const HOUR_MS = 3_600_000;
const YESTERDAY = Date.now() - 24 * HOUR_MS;

let house: Awaited<ReturnType<typeof startWatching>>;
let carrier: { cookie: string };
let device: Awaited<ReturnType<typeof seedSigner>>;
let li: Awaited<ReturnType<typeof seedSigner>>;
beforeAll(async () => {
  house = await startWatching();
  carrier = { cookie: (await signIn(house.api.url, 'auditor')).cookie };
  device = await seedSigner(house.api.url, house.device);
  li = await seedSigner(house.api.url, house.outbox);
});
afterAll(() => house.api.close());

const bring = (file: Bytes) => importBundles(house.api.url, file, carrier);
const batch = (session: object, more: object = {}) => batchOf([session], YESTERDAY, more);

const tagOfLi = ({ id }: { id: string }) => receiptTag(`learner:${house.country.learners.li.id}`, id);

describe('a bundle', () => {
  beforeAll(() => house.newEdition());

  it('counts as if its signer had sent it, whoever brings it', async () => {
    const file = joined(
      await device.pack(batch(house.hall({ spans: [spanOf(0, 0, 60_000)], headCount: 3 }))),
      await li.pack(batch(house.personal({ spans: [spanOf(0, 0, 15_000)] }))),
    );
    const { bundles } = await bring(file);
    expect(bundles).toMatchObject([
      { fault: null, acknowledged: 1, acceptedItems: 1 },
      { fault: null, acknowledged: 1, acceptedItems: 1 },
    ]);
    expect(await house.itemOf(house.li)).toMatchObject({ coveredMs: 15_000 });
  });

  it('gives nobody more right than its signer has', async () => {
    const wang = house.country.learners.wang.id;
    const { cookie } = await signIn(house.api.url, 'chief');
    const file = await li.pack(batch(house.personal({ learnerId: wang })), batch(house.hall()));
    const { bundles, receipt } = await importBundles(house.api.url, file, { cookie });
    expect(bundles).toMatchObject([{ acknowledged: 0, notYours: 2, acceptedItems: 0, refusedItems: 2 }]);
    const { acknowledged, refused } = (await readReceipt(receipt ?? '', li.receiptPoint)) ?? {};
    expect([acknowledged, refused?.map(({ code }) => code)]).toEqual([[], ['not-yours', 'not-yours']]);
    expect(await house.itemOf(house.device, wang)).toBeUndefined();
  });

  it('may come after the network, and the network after it', async () => {
    await house.newEdition();
    const [first, second] = [batch(house.personal()), batch(house.personal({ spans: [spanOf(0, 15_000, 30_000)] }))];
    await send(house.api.url, { ...first, sentClockMs: 20_000 }, house.li);
    await bring(await li.pack(first, second));
    await send(house.api.url, second, house.li);
    expect(await house.itemOf(house.li)).toMatchObject({ coveredMs: 30_000, minutesMs: 30_000, refused: [] });
  });

  it('carried for a week by a device with a dead clock is no contact with it: dated by its receipt', async () => {
    await house.newEdition();
    const session = house.personal({ startedAt: '1970-01-01T00:00:00Z', spans: [spanOf(0, 0, 60_000)] });
    const claims = { anchors: [], sentAt: '2099-01-01T00:00:00Z', sentClockMs: 7 * 24 * HOUR_MS };
    await bring(await li.pack(batch(session, claims)));
    expect(await house.itemOf(house.li)).toMatchObject({ coveredMs: 60_000, minutesMs: 60_000 });
    const [row] = await house.api.database.query<[{ started_at: Date; dated_by: string }]>(
      `SELECT started_at, dated_by FROM session_record WHERE session_id = $1`,
      [session.id],
    );
    expect(row.dated_by).toBe('receipt');
    expect(Math.abs(Date.now() - 60_000 - row.started_at.getTime())).toBeLessThan(HOUR_MS);
  });
});

describe('a hostile bundle is refused by its code, and the good ones beside it count', () => {
  beforeAll(() => house.newEdition());
  const payload = (session: object) => JSON.stringify({ batches: [batch(session)] });

  /** Sealed as it should be, but for one thing. */
  const hostile: Record<string, () => Promise<Bytes>> = {
    'bundle-damaged': async () => flipped(await device.pack(batch(house.hall())), -1),
    'bundle-for-another-house': async () => {
      const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
      const housePoint = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
      return sealBundle(payload(house.hall()), { signer: device.signer, housePoint });
    },
    'bundle-unknown-signer': async () =>
      sealBundle(payload(house.hall()), { signer: await newSigner(), housePoint: device.housePoint }),
    'bundle-signature-invalid': async () => {
      const { privateKey } = await newSigner();
      const signer = { publicKey: device.signer.publicKey, privateKey };
      return sealBundle(payload(house.hall()), { signer, housePoint: device.housePoint });
    },
    'bundle-content-invalid': () =>
      sealBundle('{"batches":7}', { signer: device.signer, housePoint: device.housePoint }),
  };

  it.each(Object.entries(hostile))('%s', async (fault, make) => {
    const before = await ledger();
    const good = batch(house.personal());
    const { bundles, receipt } = await bring(joined(await make(), await li.pack(good)));
    expect(bundles).toMatchObject([
      { fault, acknowledged: 0, acceptedItems: 0 },
      { fault: null, acknowledged: 1, acceptedItems: 1 },
    ]);
    expect(await ledger()).toEqual({ batches: before.batches + 1, sessions: before.sessions + 1 });
    expect((await readReceipt(receipt ?? '', li.receiptPoint))?.acknowledged).toEqual([await tagOfLi(good)]);
  });

  it('bundle-signer-revoked', async () => {
    const { school } = house.country.devices;
    const signer = await seedSigner(house.api.url, { authorization: school.authorization });
    const file = await signer.pack(batch(house.hall({ siteId: house.country.sites.school })));
    await house.api.database.query(`UPDATE device SET revoked_at = now() WHERE id = $1`, [school.id]);
    expect(await bring(file)).toMatchObject({ bundles: [{ fault: 'bundle-signer-revoked' }], receipt: null });
    await house.api.database.query(`UPDATE device SET revoked_at = NULL WHERE id = $1`, [school.id]);
  });

  it('that grows beyond all bounds, or is none, is refused whole', async () => {
    const large = await postBundles(house.api.url, new Uint8Array(MAX_BUNDLE_FILE_BYTES + 1), carrier);
    expect([large.status, ((await large.json()) as Problem).code]).toEqual([413, 'too-large']);
    expect(await bring(new TextEncoder().encode('holiday.jpg'))).toMatchObject({
      bundles: [{ fault: 'bundle-damaged' }],
      receipt: null,
    });
    const json = await fetch(`${house.api.url}/api/v1/tracking/bundles`, {
      method: 'POST',
      headers: { ...carrier, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
  });

  it('a batch that is used twice with other content is refused, those beside it are not', async () => {
    const first = batch(house.personal());
    const next = batch(house.personal());
    await bring(await li.pack(first));
    const { bundles, receipt } = await bring(await li.pack({ ...first, sessions: [] }, next));
    expect(bundles).toMatchObject([{ acknowledged: 1, refused: 1 }]);
    expect(await readReceipt(receipt ?? '', li.receiptPoint)).toMatchObject({
      acknowledged: [await tagOfLi(next)],
      refused: [{ batch: await tagOfLi(first), code: 'batch-conflict' }],
    });
  });
});

describe('a receipt', () => {
  it('is believed when the house of its key has signed it, and no bit was flipped', async () => {
    const { receipt } = await bring(await li.pack(batch(house.personal())));
    const text = receipt ?? '';
    expect(await readReceipt(text, li.receiptPoint)).toBeDefined();
    expect(await readReceipt(text, li.housePoint)).toBeUndefined();
    const [head = '', body = '', tail = ''] = text.split('.');
    const said = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const other = Buffer.from(JSON.stringify({ ...said, acknowledged: ['x'] })).toString('base64url');
    for (const forged of [`${head}.${other}.${tail}`, `${head}.${body}.${tail.toLowerCase()}`, body, '']) {
      expect(await readReceipt(forged, li.receiptPoint)).toBeUndefined();
    }
  });
});

describe('the receipt of a batch', () => {
  it('is its owner’s: who uses the same id gets one for their own', async () => {
    const theirs = batch(house.personal());
    const { receipt } = await bring(await device.pack({ ...theirs, sessions: [] }));
    const { acknowledged } = (await readReceipt(receipt ?? '', li.receiptPoint)) ?? {};
    expect(acknowledged).toEqual([await receiptTag(`device:${house.country.devices.hall.id}`, theirs.id)]);
    expect(acknowledged).not.toContain(await tagOfLi(theirs));
  });
});

describe('the key of a signer', () => {
  it('belongs to the credential that registered it first, which may say so again', async () => {
    const publicKey = await publicText(li.signer.publicKey);
    const register = (headers: Record<string, string>) =>
      fetch(`${house.api.url}/api/v1/tracking/signers`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ publicKey }),
      });
    expect((await register(house.outbox)).status).toBe(200);
    expect((await register(house.device)).status).toBe(409);
  });
});

function flipped(file: Bytes, at: number): Bytes {
  const copy = file.slice();
  copy.set([(copy.at(at) ?? 0) ^ 1], at < 0 ? copy.length + at : at);
  return copy;
}

async function ledger() {
  const [row] = await house.api.database.query<[{ batches: number; sessions: number }]>(
    `SELECT (SELECT count(*)::int FROM tracking_batch) AS batches, (SELECT count(*)::int FROM tracking_session) AS sessions`,
  );
  return row;
}
