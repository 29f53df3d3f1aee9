export { type Bytes, isBundleFile, joined, MAX_BUNDLE_FILE_BYTES, splitBundles } from './layout.js';
export {
  agreementKeyOf,
  fromBase64Url,
  keyId,
  newSigner,
  pointOf,
  publicText,
  toBase64Url,
  verifyingKey,
} from './keys.js';
export {
  type BundleFault,
  bundleFaults,
  type HouseKey,
  type OpenBundle,
  openBundle,
  type Packer,
  sealBundle,
} from './bundle.js';
export { readReceipt, type Receipt, RECEIPT_KIND, receiptTag } from './receipt.js';
export { readSigned } from './signed.js';
