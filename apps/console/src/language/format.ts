/** Numbers and dates as people of a language write them. Nothing here rounds up. */
const unit = (language: string, name: string, digits = 0) =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
    roundingMode: 'floor',
  });

const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function formatBytes(bytes: number, language: string): string {
  const step = bytes < 1000 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return unit(language, steps[step] ?? 'byte', step > 0 && value < 100 ? 1 : 0).format(value);
}

/** How far something has come, of 1, in whole per cent. */
export const formatPercent = (share: number, language: string) =>
  new Intl.NumberFormat(language, { style: 'percent', roundingMode: 'floor' }).format(share);

/** Whole minutes that were really spent. */
export const formatMinutes = (ms: number, language: string) => unit(language, 'minute').format(Math.floor(ms / 60_000));

/** A length as a clock shows it: `4:05`, `1:02:03`. */
export function formatLength(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** About how long something takes, in its two largest units at most. */
export function formatSpan(ms: number, language: string): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return unit(language, 'second').format(seconds);
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return unit(language, 'minute').format(minutes);
  const rest = minutes % 60 > 0 ? [unit(language, 'minute').format(minutes % 60)] : [];
  return [unit(language, 'hour').format(Math.floor(minutes / 60)), ...rest].join(' ');
}

/** Seconds of work, in tenths while they are few. */
export const formatSeconds = (ms: number, language: string) =>
  unit(language, 'second', ms < 100_000 ? 1 : 0).format(ms / 1000);

export const formatNumber = (value: number, language: string, digits = 0) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits, roundingMode: 'floor' }).format(value);

/** A moment of the server (RFC 3339) in the reader's own time. */
export const formatMoment = (moment: string, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment));

/** A day of the calendar, `YYYY-MM-DD`, wherever it was. */
export const formatDay = (day: string, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
