/** @jest-environment node */
import type { EditionManifest } from '#libs/contracts';
import { newSigner, publicText, toBase64Url } from '#libs/domain';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { genuine } from './genuine.js';
import { manifest } from './kept-stage.js';

const textOf = (value: object): string => toBase64Url(new TextEncoder().encode(JSON.stringify(value)));

describe('a manifest', () => {
  let pair: CryptoKeyPair;
  let key: string;
  let signed: EditionManifest;
  beforeAll(async () => {
    pair = await newSigner();
    key = await publicText(pair.publicKey);
    const said = `${textOf({ alg: 'ES256' })}.${textOf(manifest)}`;
    const by = { name: 'ECDSA', hash: 'SHA-256' };
    const tag = await crypto.subtle.sign(by, pair.privateKey, new TextEncoder().encode(said));
    signed = { ...manifest, signature: `${said}.${toBase64Url(new Uint8Array(tag))}` };
  });

  const told = (...keys: (string | undefined)[]) => {
    let asked = 0;
    return {
      key: () => Promise.resolve(keys[Math.min(asked, keys.length - 1)]),
      askAgain: () => {
        asked += 1;
        return Promise.resolve();
      },
    };
  };

  it('is what the house has signed, whatever stands beside the signature', async () => {
    const [first, ...others] = signed.blobs;
    const changed = { ...signed, blobs: [{ ...first, sha256: 'another' }, ...others] } as EditionManifest;
    expect(await genuine(changed, told(key))).toEqual(manifest);
  });

  it('is not taken from another house, for another edition, or with one bit turned', async () => {
    const other = await publicText((await newSigner()).publicKey);
    const turned = signed.signature.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    const unsigned = `${textOf({ alg: 'none' })}.${textOf(manifest)}.`;
    expect(await genuine(signed, told(other))).toBeUndefined();
    expect(await genuine({ ...signed, editionId: 'another' }, told(key))).toBeUndefined();
    for (const signature of [turned, unsigned, '', 'a.b.c'])
      expect(await genuine({ ...signed, signature }, told(key))).toBeUndefined();
  });

  it('is taken from a house that has got a new key since', async () => {
    const old = await publicText((await newSigner()).publicKey);
    expect(await genuine(signed, told(old, key))).toEqual(manifest);
  });
});
