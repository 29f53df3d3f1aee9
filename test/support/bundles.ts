import type { BundleAnswer, SignerView } from '#libs/contracts';
import { type Bytes, fromBase64Url, newSigner, publicText, sealBundle } from '#libs/domain';

type Headers = Record<string, string>;

/** A key that signs for one credential, and what it packs for the house. */
export async function seedSigner(url: string, headers: Headers) {
  const signer = await newSigner();
  const response = await fetch(`${url}/api/v1/tracking/signers`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ publicKey: await publicText(signer.publicKey) }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const { house } = (await response.json()) as SignerView;
  const housePoint = pointOfText(house.bundleKey);
  return {
    signer,
    housePoint,
    receiptPoint: pointOfText(house.receiptKey),
    pack: (...batches: readonly unknown[]): Promise<Bytes> =>
      sealBundle(JSON.stringify({ batches }), { signer, housePoint }),
  };
}

function pointOfText(text: string): Bytes {
  const point = fromBase64Url(text);
  if (!point) throw new Error(`${text} is no base64url.`);
  return point;
}

export const postBundles = (url: string, file: Bytes, headers: Headers): Promise<Response> =>
  fetch(`${url}/api/v1/tracking/bundles`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: file,
  });

/** @throws {Error} when the file is not taken. */
export async function importBundles(url: string, file: Bytes, headers: Headers): Promise<BundleAnswer> {
  const response = await postBundles(url, file, headers);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as BundleAnswer;
}
