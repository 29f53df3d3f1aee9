/** @jest-environment node */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newSigner, openBundle, publicText, receiptTag, splitBundles } from '#libs/domain';
import 'fake-indexeddb/auto';
import type { Outbox } from '../outbox/outbox.js';
import { boot, LEARNER, openOutbox, playing, Server } from '../outbox/outbox-stage.js';
import type { BatchContent } from '../outbox/pending.js';
import { Sender } from '../outbox/sender.js';
import { UnsentCount } from '../outbox/unsent-count.js';
import type { PlayerDatabase } from '../store/player-database.js';
import { Carrier } from './carrier.js';

const sign = async (key: CryptoKey, said: object) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'ES256' })}.${part(said)}`;
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(text));
  return new Blob([`${text}.${Buffer.from(signature).toString('base64url')}`]);
};

describe('a player without a link', () => {
  let db: PlayerDatabase;
  let outbox: Outbox;
  let close: () => Promise<void>;
  let carrier: Carrier;
  let house: CryptoKeyPair;
  let receipts: CryptoKeyPair;
  beforeEach(async () => {
    ({ db, outbox, close } = await openOutbox('carrier-spec'));
    carrier = new Carrier(db, outbox, new UnsentCount(outbox));
    house = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    receipts = await newSigner();
    const keys = { bundleKey: await publicText(house.publicKey), receiptKey: await publicText(receipts.publicKey) };
    await db.put('things', keys, 'house');
  });
  afterEach(() => close());

  const enlist = async (owner: string) => db.put('things', { [owner]: await newSigner() }, 'signers');
  const read = async (file: Parameters<typeof splitBundles>[0]) => {
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', house.publicKey));
    const found = splitBundles(file).filter((one) => one !== undefined);
    const opened = await Promise.all(found.map((one) => openBundle(one, { privateKey: house.privateKey, point })));
    return opened.flatMap((one) =>
      typeof one === 'object' ? (JSON.parse(one.payload) as { batches: BatchContent[] }).batches : [],
    );
  };

  it('packs all that waits, for its house alone, and keeps it until a receipt of that house is there', async () => {
    await enlist(LEARNER);
    await playing(() => outbox).flush();
    const { file, packed, left } = await carrier.pack();
    expect([packed, left]).toEqual([1, 0]);
    const [batch] = await read(file ?? new Uint8Array());
    expect(batch?.sessions[0]?.spans).toHaveLength(1);
    expect(await outbox.unsent()).toMatchObject({ waiting: 1, held: 0 });

    const said = {
      kind: 'lectern-receipt',
      at: '',
      acknowledged: [await receiptTag(LEARNER, batch?.id ?? '')],
      refused: [],
    };
    const forged = await sign((await newSigner()).privateKey, said);
    expect(await carrier.take(forged, undefined)).toEqual({ kind: 'unreadable' });
    expect(await outbox.unsent()).toMatchObject({ waiting: 1, held: 0 });
    const real = await sign(receipts.privateKey, said);
    expect(await carrier.take(real, undefined)).toEqual({ kind: 'receipt', settled: 1 });
    expect(await carrier.take(real, undefined)).toEqual({ kind: 'receipt', settled: 0 });
    expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 0 });
  });

  it('forgets nothing for the receipt of somebody who has used the id of its batch', async () => {
    await enlist(LEARNER);
    await playing(() => outbox).flush();
    const [batch] = await outbox.waiting();
    for (const tag of [batch?.id, await receiptTag('learner:mallory', batch?.id ?? '')]) {
      const said = { kind: 'lectern-receipt', acknowledged: [tag], refused: [{ batch: tag, code: 'too-large' }] };
      expect(await carrier.take(await sign(receipts.privateKey, said), '')).toEqual({ kind: 'receipt', settled: 0 });
    }
    expect(await outbox.unsent()).toMatchObject({ waiting: 1, held: 0 });
  });

  it('forgets nothing that a receipt does not name, and sends over the network what it has packed', async () => {
    await enlist(LEARNER);
    await playing(() => outbox).flush();
    const { file } = await carrier.pack();
    await playing(() => outbox).flush();
    await carrier.take(await sign(receipts.privateKey, { kind: 'lectern-receipt', acknowledged: [], refused: [] }), '');
    const server = new Server();
    await new Sender(outbox, server.take, boot).sendAll();
    const sent = server.bodies.map((body) => (JSON.parse(body) as BatchContent).id);
    expect(sent).toContain((await read(file ?? new Uint8Array()))[0]?.id);
    expect(server.items.size).toBe(2);
  });

  it('sets aside what the house refuses for good', async () => {
    await enlist(LEARNER);
    await playing(() => outbox).flush();
    const [batch] = await outbox.waiting();
    const refused = [{ batch: await receiptTag(LEARNER, batch?.id ?? ''), code: 'batch-conflict' }];
    await carrier.take(await sign(receipts.privateKey, { kind: 'lectern-receipt', acknowledged: [], refused }), '');
    expect(await outbox.unsent()).toMatchObject({ waiting: 0, held: 1 });
  });

  it('says how much it cannot sign', async () => {
    await enlist('learner:somebody-else');
    await playing(() => outbox).flush();
    expect(await carrier.pack()).toEqual({ file: undefined, packed: 0, left: 1 });
  });

  it('counts the batches of its device from 0, and those of nobody else', async () => {
    await db.put('things', { deviceId: 'D', siteId: 'S', siteName: '', deviceName: '', credential: '' }, 'device');
    await outbox.entrust('learner:bo', 'Outbox of here', 'D');
    for (const learner of ['ana', 'bo', 'bo']) {
      await playing(() => outbox, learner).flush();
      await outbox.waiting(() => true);
    }
    const batches = await db.getAll('batches');
    expect(batches.map(({ owner, content }) => [owner, content.number])).toEqual([
      ['learner:ana', undefined],
      ['learner:bo', 0],
      ['learner:bo', 1],
    ]);
    expect(new Set(batches.map(({ content }) => content.installation)).size).toBe(1);
  });

  it('keeps its key where it can be used but not read', async () => {
    await enlist(LEARNER);
    const signers = (await db.get('things', 'signers')) as Record<string, CryptoKeyPair>;
    const pair = signers[LEARNER];
    if (!pair) throw new Error('There is no key.');
    await expect(crypto.subtle.exportKey('pkcs8', pair.privateKey)).rejects.toThrow();
  });
});
