import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type HouseKey, openBundle, sealBundle } from './bundle.js';
import { newAgreement, newSigner, pointOf } from './keys.js';
import { type Bytes, HEADER_BYTES, joined, splitBundles } from './layout.js';

const houseOf = async (): Promise<HouseKey> => {
  const { privateKey, publicKey } = await newAgreement();
  return { privateKey, point: await pointOf(publicKey) };
};

describe('a bundle', () => {
  let house: HouseKey;
  let signer: CryptoKeyPair;
  let point: Bytes;
  beforeAll(async () => {
    [house, signer] = [await houseOf(), await newSigner()];
    point = await pointOf(signer.publicKey);
  });
  const seal = (payload: string) => sealBundle(payload, { signer, housePoint: house.point });

  it('gives its house what was sealed, and proves who sealed it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (payload) => {
        const opened = await openBundle(await seal(payload), house);
        if (typeof opened === 'string') throw new Error(opened);
        expect(opened.payload).toBe(payload);
        expect(await opened.isSignedBy(point)).toBe(true);
        expect(await opened.isSignedBy(await pointOf((await newSigner()).publicKey))).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it('shows nothing of its content', async () => {
    const sealed = new TextDecoder('latin1').decode(await seal('the learner is 李明 and the site is Hall'));
    expect(sealed).not.toMatch(/learner|Hall/);
  });

  it('cannot be opened by another house', async () => {
    expect(await openBundle(await seal('{}'), await houseOf())).toBe('bundle-for-another-house');
  });

  it('is refused whichever of its bits is flipped', async () => {
    const sealed = await seal('{"batches":[]}');
    const bit = fc.nat(sealed.length * 8 - 1);
    await fc.assert(
      fc.asyncProperty(bit, async (at) => {
        const flipped = sealed.slice();
        flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
        for (const found of splitBundles(flipped)) {
          const opened = found ? await openBundle(found, house) : 'bundle-damaged';
          expect(opened).toMatch(/^bundle-(damaged|for-another-house)$/);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a file of bundles', () => {
  let bundles: Bytes[];
  let house: HouseKey;
  beforeAll(async () => {
    house = await houseOf();
    const signer = await newSigner();
    const payloads = ['{"n":1}', '{"n":2}', '{"n":3}'];
    bundles = await Promise.all(payloads.map((text) => sealBundle(text, { signer, housePoint: house.point })));
  });

  it('is one bundle after the other', () => {
    expect(splitBundles(joined(...bundles))).toEqual(bundles);
    expect(splitBundles(new Uint8Array())).toEqual([]);
  });

  it('loses but the one that is damaged, wherever the damage is', () => {
    const [first, second, third] = bundles;
    if (!first || !second || !third) throw new Error('There are three.');
    for (const at of [0, 9, HEADER_BYTES]) {
      const hurt = second.slice();
      hurt[at] = (hurt[at] ?? 0) ^ 0x55;
      const found = splitBundles(joined(first, hurt, third));
      expect([found[0], found.at(-1)]).toEqual([first, third]);
    }
  });

  it('that is cut off keeps those before the cut', () => {
    const whole = joined(...bundles);
    expect(splitBundles(whole.slice(0, -1))).toEqual([bundles[0], bundles[1], undefined]);
  });

  it('of anything else is no bundle', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (noise) => {
        expect(splitBundles(new Uint8Array(noise)).every((found) => found === undefined)).toBe(true);
      }),
    );
  });
});
