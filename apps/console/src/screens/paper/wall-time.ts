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
