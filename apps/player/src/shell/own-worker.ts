/** A hall's screen may stay open for weeks. */
const LOOK_EVERY_MS = 6 * 3_600_000;

/**
 * Registers the service worker, and looks for a newer one at every start, now and then, and when the link comes back: by
 * itself a browser looks only when it finds the time.
 */
export async function registerOwnWorker(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/service-worker.js');
  // Without a link there is nothing newer.
  const look = () => void registration.update().catch(() => undefined);
  look();
  setInterval(look, LOOK_EVERY_MS);
  window.addEventListener('online', look);
}
