const two = (count: number): string => String(count).padStart(2, '0');

function partsOf(ms: number) {
  const seconds = Math.floor(ms / 1000);
  return { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
}

/** `1:05`, `1:02:05`: cut, never rounded up. */
export function clockTime(ms: number): string {
  const { hours, minutes, seconds } = partsOf(ms);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** As it is said: `1 minute 5 seconds`. */
export function spokenTime(ms: number, language: string): string {
  const { hours, minutes, seconds } = partsOf(ms);
  const said = (count: number, unit: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  const parts = [hours > 0 && said(hours, 'hour'), minutes > 0 && said(minutes, 'minute')].filter(Boolean);
  return [...parts, said(seconds, 'second')].join(' ');
}
