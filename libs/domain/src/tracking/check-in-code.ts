import type { PresenceGrade } from './presence.js';

/** How long one code stands on a hall's screen: by the session's clock, which nobody can set. */
export const CODE_STEP_MS = 30_000;
/** For a phone that takes its time, and clocks that differ. */
const GRACE_MS = 60_000;

export const codeStepAt = (clockMs: number): number => Math.floor(clockMs / CODE_STEP_MS);

export interface ScannedCode {
  /** When the code began to stand on the screen, as the session is dated. */
  readonly shownFromMs: number;
  /** Whether anything better than its arrival dates the session. */
  readonly isDated: boolean;
  /** When the phone says it scanned. */
  readonly scannedMs: number;
  /** When the house heard of it. */
  readonly receivedMs: number;
}

/**
 * What a scanned code is worth: B when the house itself heard of it while the code stood on the screen; C when only the
 * phone says so, because it had no link or the hall's clock is not known. Nothing for a photo that travelled.
 */
export function gradeOfScan({ shownFromMs, isDated, scannedMs, receivedMs }: ScannedCode): PresenceGrade | undefined {
  const isInTime = (ms: number) => ms >= shownFromMs - GRACE_MS && ms < shownFromMs + CODE_STEP_MS + GRACE_MS;
  if (!isDated) return 'C';
  if (isInTime(receivedMs)) return 'B';
  return isInTime(scannedMs) && scannedMs <= receivedMs ? 'C' : undefined;
}
