import type { SiteView } from '#libs/contracts';

/** What is known of a site's link, as a form holds it: everything may be left open. */
export interface LinkDraft {
  kbps: number | string;
  mbPerMonth: number | string;
  fromHour: string;
  toHour: string;
}

export const emptyLink: LinkDraft = { kbps: '', mbPerMonth: '', fromHour: '', toHour: '' };

const whole = (value: number | string) => (value === '' ? undefined : Number(value));

/** As the API takes it. Hours count only when both are given. */
export function linkOf(draft: LinkDraft): Partial<Pick<SiteView, 'linkKbps' | 'linkMbPerMonth' | 'linkHours'>> {
  const [linkKbps, linkMbPerMonth] = [whole(draft.kbps), whole(draft.mbPerMonth)];
  return {
    ...(linkKbps !== undefined && { linkKbps }),
    ...(linkMbPerMonth !== undefined && { linkMbPerMonth }),
    ...(draft.fromHour && draft.toHour && { linkHours: `${draft.fromHour}-${draft.toHour}` }),
  };
}
