import type { LectureSizes } from '#libs/contracts';
import type { KeepQuality } from './keep-quality.js';

/** Bytes of one lecture in a quality: by the same choice as when it is fetched. */
export function bytesIn({ besideBytes, soundBytes, pictures }: LectureSizes, quality: KeepQuality): number {
  if (quality === 'audio' && soundBytes > 0) return besideBytes + soundBytes;
  const best = [...pictures].sort((one, other) => other.lines - one.lines);
  const most = quality === 'best' ? Infinity : Number(quality === 'audio' ? 240 : quality);
  const picture = best.find(({ lines }) => lines <= most) ?? best.at(-1);
  return besideBytes + soundBytes + (picture?.bytes ?? 0);
}

export const bytesOfAll = (all: readonly LectureSizes[], quality: KeepQuality): number =>
  all.reduce((sum, sizes) => sum + bytesIn(sizes, quality), 0);

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `12 MB`, in the words of the language; rounded up to what can be told apart. */
export function sizeWords(bytes: number, language: string): string {
  const power = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const digits = value < 10 && power > 0 ? 1 : 0;
  const style = {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  } as const;
  return new Intl.NumberFormat(language, style).format(Math.ceil(value * 10 ** digits) / 10 ** digits);
}
