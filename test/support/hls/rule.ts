import type { HlsAsset } from './asset.js';

/** One line of the standard that a test can be written from. `broken` names what breaks it. */
export interface HlsRule<Asset = HlsAsset> {
  readonly id: string;
  readonly says: string;
  readonly broken: (asset: Asset) => string[];
}

export const unless = (holds: boolean, what: string): string[] => (holds ? [] : [what]);
/** Those of some things that do not hold. */
export const failing = <T>(of: readonly T[], holds: (one: T) => boolean, name: (one: T) => string = String): string[] =>
  of.filter((one) => !holds(one)).map(name);
export const within = (value: number, of: number, share: number): boolean => Math.abs(value / of - 1) <= share;
/** Bits a second; those of picture, sound and captions are each rounded up. */
export const isRate = (named: number, measured: number): boolean => Math.abs(named - measured) <= 3 + measured / 1000;
