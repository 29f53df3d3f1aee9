import { type Browser, chromium } from 'playwright-core';

/** A real Chromium, from Debian. Sound needs no device, and a test's first click counts as the user's wish for it. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required', '--mute-audio'],
  });
