/** A browser that is full to the brim keeps nothing more, not even what was watched. */
const RESERVE_BYTES = 32 * 1024 * 1024;

export interface Room {
  readonly freeBytes: number;
  readonly usedBytes: number;
}

/** What the browser grants this site of the disk. */
export async function roomHere(): Promise<Room> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return { freeBytes: Math.max(0, quota - usage - RESERVE_BYTES), usedBytes: usage };
}

/** Cache Storage, service workers and SHA-256 are there over TLS only, or on the machine itself. */
export const canKeep = (): boolean => window.isSecureContext && 'caches' in window && 'serviceWorker' in navigator;

/** Asks the browser not to clear what is kept when its disk runs low; it may ask the person, or refuse. */
export const askToStay = (): Promise<boolean> => navigator.storage.persist().catch(() => false);
