/** A hall's screen may stay open for weeks. */
const LOOK_EVERY_MS = 6 * 3_600_000;

/**
 * Registers the service worker, and looks for a newer one at every start, now and then, and when the link comes back: by
 * itself a browser looks only when it finds the time. A first try that failed is made again then.
 */
export async function registerOwnWorker(): Promise<void> {
  setInterval(() => void look(), LOOK_EVERY_MS);
  window.addEventListener('online', () => void look());
  await look();
}

/** Without a link there is nothing newer, and nothing else has to wait for it. */
const look = (): Promise<void> =>
  navigator.serviceWorker
    .register('/service-worker.js')
    .then((registration) => void registration.update().catch(() => undefined))
    .catch(() => undefined);
