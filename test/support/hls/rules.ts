import { deliveryRules } from './delivery-rules.js';
import type { DownloadedAsset } from './download.js';
import { fileRules } from './file-rules.js';
import { pictureRules } from './picture-rules.js';
import { playlistRules } from './playlist-rules.js';
import type { HlsRule } from './rule.js';

/** All that an edition which was fetched from a server is held to. */
export const rules: readonly HlsRule<DownloadedAsset>[] = [
  ...playlistRules,
  ...fileRules,
  ...pictureRules,
  ...deliveryRules,
].toSorted((a, b) => a.id.localeCompare(b.id));
