import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.js';
import { type House, startHouse } from './house.js';
import { type Country, seedCountry } from './people.js';

/** A house with the people of a country, and a browser to look at its screens. */
export interface Stage {
  readonly house: House;
  readonly country: Country;
  readonly browser: Browser;
  close(): Promise<void>;
}

export async function openStage(overrides: Record<string, string> = {}): Promise<Stage> {
  const house = await startHouse(overrides);
  try {
    const country = await seedCountry(house.database);
    const browser = await openBrowser();
    const close = async () => {
      await browser.close();
      await house.stop();
    };
    return { house, country, browser, close };
  } catch (error) {
    await house.stop();
    throw error;
  }
}
