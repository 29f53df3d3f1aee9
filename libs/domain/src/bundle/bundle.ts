import {
  agreementKey,
  isSigned,
  keyId,
  newAgreement,
  pointOf,
  sealingKey,
  sign,
  toBase64Url,
  verifyingKey,
} from './keys.js';
import {
  bytesOf,
  type Bytes,
  HEADER_BYTES,
  IV_BYTES,
  joined,
  KEY_ID_BYTES,
  readHeader,
  SIGNATURE_BYTES,
  writeHeader,
} from './layout.js';

const TAG_BYTES = 16;
const INNER_BYTES = KEY_ID_BYTES + SIGNATURE_BYTES;

/** Why a bundle is not taken, whole. */
export const bundleFaults = [
  'bundle-damaged',
  'bundle-for-another-house',
  'bundle-unknown-signer',
  'bundle-signature-invalid',
  'bundle-signer-revoked',
  'bundle-content-invalid',
] as const;
export type BundleFault = (typeof bundleFaults)[number];

/** Whoever packs: their own signing pair, and the point of the house that shall open it. */
export interface Packer {
  readonly signer: CryptoKeyPair;
  readonly housePoint: Bytes;
}

/** Signs and encrypts; what is signed names the house and the key it travels under, so that nobody can address it anew. */
export async function sealBundle(payload: string, { signer, housePoint }: Packer): Promise<Bytes> {
  const house = await agreementKey(housePoint);
  if (!house) throw new Error('The house has no such key.');
  const ephemeral = await newAgreement();
  const ephemeralPoint = await pointOf(ephemeral.publicKey);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const content = bytesOf(payload);
  const houseId = await keyId(housePoint);
  const header = writeHeader({ houseId, ephemeralPoint, iv }, INNER_BYTES + content.length + TAG_BYTES);
  const signerId = await keyId(await pointOf(signer.publicKey));
  const signature = await sign(signer.privateKey, joined(header, signerId, content));
  const key = await sealingKey(ephemeral.privateKey, house, ephemeralPoint, housePoint);
  const inner = joined(signerId, signature, content);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: header }, key, inner);
  return joined(header, new Uint8Array(sealed));
}

export interface HouseKey {
  readonly privateKey: CryptoKey;
  readonly point: Bytes;
}

/** A bundle that was meant for this house and arrived as it was sealed. By whom, remains to be proven. */
export interface OpenBundle {
  /** Of the signer, base64url. */
  readonly signerId: string;
  readonly payload: string;
  /** Whether the key of this point has signed it. */
  isSignedBy(point: Bytes | undefined): Promise<boolean>;
}

export async function openBundle(bundle: Bytes, house: HouseKey): Promise<OpenBundle | BundleFault> {
  const { houseId } = readHeader(bundle);
  if (toBase64Url(houseId) !== toBase64Url(await keyId(house.point))) return 'bundle-for-another-house';
  const inner = await decrypt(bundle, house);
  if (!inner || inner.length < INNER_BYTES) return 'bundle-damaged';
  const signerId = inner.slice(0, KEY_ID_BYTES);
  const signature = inner.slice(KEY_ID_BYTES, INNER_BYTES);
  const content = inner.slice(INNER_BYTES);
  const signed = joined(bundle.slice(0, HEADER_BYTES), signerId, content);
  return {
    signerId: toBase64Url(signerId),
    payload: new TextDecoder().decode(content),
    isSignedBy: async (point) => {
      const key = await verifyingKey(point);
      return key !== undefined && isSigned(key, signature, signed);
    },
  };
}

async function decrypt(bundle: Bytes, house: HouseKey): Promise<Bytes | undefined> {
  const { ephemeralPoint, iv } = readHeader(bundle);
  const ephemeral = await agreementKey(ephemeralPoint);
  if (!ephemeral) return undefined;
  const key = await sealingKey(house.privateKey, ephemeral, ephemeralPoint, house.point);
  const how = { name: 'AES-GCM', iv, additionalData: bundle.slice(0, HEADER_BYTES) };
  const inner = await crypto.subtle.decrypt(how, key, bundle.slice(HEADER_BYTES)).catch(() => undefined);
  return inner && new Uint8Array(inner);
}
