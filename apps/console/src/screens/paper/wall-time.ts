/** How far the clocks of a zone are ahead of UTC at an instant, in ms. */
function aheadMs(zone: string, instantMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instantMs);
  const of = (name: Intl.DateTimeFormatPartTypes) => Number(parts.find(({ type }) => type === name)?.value);
  const wallMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wallMs - Math.floor(instantMs / 1000) * 1000;
}

/**
 * The instant at which the clocks at a site show `local` (`YYYY-MM-DDTHH:MM`), wherever it is typed in; undefined for no
 * time. Of an hour that comes twice, one of the two.
 */
export function instantIn(zone: string, local: string): string | undefined {
  const wallMs = Date.parse(`${local}Z`);
  if (Number.isNaN(wallMs)) return undefined;
  const nearMs = wallMs - aheadMs(zone, wallMs);
  return new Date(wallMs - aheadMs(zone, nearMs)).toISOString();
}

const HALF_DAY_MS = 12 * 3_600_000;
const DAY_MS = 2 * HALF_DAY_MS;

/**
 * The instant that a time on a sheet (`HH:MM`) means, of a session that began at `startedLocal`: of the days it may be, the one
 * that is nearest to the beginning, since a session may go past midnight. Undefined for no time.
 */
export function timeOnSheet(zone: string, startedLocal: string, time: string): string | undefined {
  const started = instantIn(zone, startedLocal);
  const wallMs = Date.parse(`${startedLocal.slice(0, 10)}T${time}Z`);
  if (started === undefined || Number.isNaN(wallMs)) return undefined;
  const aside = wallMs - Date.parse(`${startedLocal}Z`);
  const day = aside < -HALF_DAY_MS ? DAY_MS : aside > HALF_DAY_MS ? -DAY_MS : 0;
  return instantIn(zone, new Date(wallMs + day).toISOString().slice(0, 16));
}
