import type { EditionManifest } from '#libs/contracts';
import { fromBase64Url, readSigned } from '#libs/domain';
import type { KeptManifest } from './keep-quality.js';

export interface House {
  /** The point of the key by which the house signs, in base64url; undefined where nobody has been told: in a browser of staff. */
  readonly key: () => Promise<string | undefined>;
  /** Asks for it again: a house may have got another. @throws {Refusal} when it does not answer */
  readonly askAgain: () => Promise<void>;
}

/**
 * What the house has signed of a manifest, which is all of it: what stands beside the signature is not believed. Undefined
 * when it is not signed by the house, or for another edition.
 *
 * @throws {Refusal} when it is signed by another key than the known one, and nobody can say whether the house has got that
 */
export async function genuine(manifest: EditionManifest, house: House): Promise<KeptManifest | undefined> {
  const key = await house.key();
  if (key === undefined) return manifest;
  const signed = await signedBy(key, manifest);
  if (signed) return signed;
  await house.askAgain();
  const newer = await house.key();
  return newer === undefined || newer === key ? undefined : signedBy(newer, manifest);
}

async function signedBy(key: string, manifest: EditionManifest): Promise<KeptManifest | undefined> {
  const said = (await readSigned(manifest.signature, fromBase64Url(key))) as KeptManifest | undefined;
  return said?.editionId === manifest.editionId && said.lectureId === manifest.lectureId ? said : undefined;
}
