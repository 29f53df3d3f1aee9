import {
  average,
  type HlsAsset,
  peak,
  pieces,
  playedWith,
  subtitleUris,
  total,
  type Variant,
  variants,
} from './asset.js';
import type { DownloadedAsset } from './download.js';
import { type Flaw, flaw, inMultivariant } from './making-flaws.js';
import { failing, type HlsRule } from './rule.js';

const named = ({ attributes }: Variant, name: string): string => attributes.get(name) ?? '';
/** EXTINF is exact to the microsecond. */
const exact = 1 - 1e-6;
/** Of captions every piece is the same file, which nobody fetches twice. */
const onceOver = (asset: HlsAsset, uri: string): number => {
  const all = pieces(asset, uri);
  const files = [...new Map(all.map((piece) => [piece.uri, piece])).values()];
  return (total(files, 'bytes') * 8) / total(all, 'seconds');
};
/** Each rate of a sum is rounded up by itself. */
const measured = (asset: HlsAsset, variant: Variant, rate: typeof peak): number =>
  playedWith(asset, variant).reduce((all, uri) => all + Math.floor(rate(asset, uri) * exact), 0) +
  Math.max(0, ...subtitleUris(asset).map((uri) => Math.floor(onceOver(asset, uri) * exact)));
const isAtLeast = (text: string, least: number): boolean => /^\d+$/.test(text) && Number(text) >= least;

/** What stands for HLS-V03 and HLS-V04 while an encode goes on: rates are estimates, and never too low. */
export const growingRules: readonly HlsRule[] = [
  {
    id: 'HLS-V03',
    says: 'BANDWIDTH is whole, and no less than the peak that was measured of what is played together',
    broken: (asset) =>
      failing(
        variants(asset),
        (variant) => isAtLeast(named(variant, 'BANDWIDTH'), measured(asset, variant, peak)),
        ({ uri }) => uri,
      ),
  },
  {
    id: 'HLS-V04',
    says: 'AVERAGE-BANDWIDTH is whole, no less than the average that was measured, and never above BANDWIDTH',
    broken: (asset) =>
      failing(
        variants(asset),
        (variant) =>
          isAtLeast(named(variant, 'AVERAGE-BANDWIDTH'), measured(asset, variant, average)) &&
          Number(named(variant, 'AVERAGE-BANDWIDTH')) <= Number(named(variant, 'BANDWIDTH')),
        ({ uri }) => uri,
      ),
  },
];

export const flawsOfGrowing: readonly Flaw[] = [
  flaw('HLS-V03', 'a rate below the measured peak', inMultivariant(/:BANDWIDTH=\d+/, ':BANDWIDTH=9999')),
  flaw('HLS-V03', 'a rate in fractions', inMultivariant(/:BANDWIDTH=(\d+)/, ':BANDWIDTH=$1.25')),
  flaw('HLS-V04', 'an average below the measured', inMultivariant(/(AVERAGE-BANDWIDTH)=\d+/, '$1=99')),
  flaw('HLS-V04', 'an average above the peak', inMultivariant(/(AVERAGE-BANDWIDTH)=(\d+)/, '$1=9$2')),
];

/** The flaws that no rule finds in what was fetched. */
export const unfound = (asset: DownloadedAsset): string[] =>
  flawsOfGrowing
    .filter(({ id, made }) => !growingRules.some((rule) => rule.id === id && rule.broken(made(asset)).length > 0))
    .map(({ id, what }) => `${id}: ${what}`);
