import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';

/** Waits for one picture of the first row of a sheet in the frame over the seek bar, counted from the left; or for none. */
export const showsThumbnail = (page: Page, wanted: number | undefined): Promise<true> =>
  eventually(`thumbnail ${wanted ?? 'none'}`, async () => ((await shownOn(page)) === wanted ? true : undefined));

/** Evaluated at once: a locator would wait for a picture that is to be gone. */
const shownOn = (page: Page): Promise<number | undefined> =>
  page.evaluate(() => {
    const sheet = document.querySelector<HTMLImageElement>('img[src^="/media/"]');
    const frame = sheet?.parentElement?.getBoundingClientRect();
    if (!sheet || !frame) return undefined;
    return sheet.naturalWidth > 0 ? Math.round((frame.left - sheet.getBoundingClientRect().left) / frame.width) : -1;
  });
