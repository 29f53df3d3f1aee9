/** LUFS that every lecture is brought to: the loudness of speech on the web, between broadcast's -23 and music's -14. */
const targetLufs = -18;
const leastGainDb = -15;
const mostGainDb = 20;

/** EBU R128 (ITU-R BS.1770-4): what is quieter than this is silence, and what is 10 LU under the rest is a pause. */
const absoluteGate = -70;
const relativeGate = -10;

/**
 * The integrated loudness of blocks of 400 ms that overlap by 75 %, in LUFS, gated over all of them, wherever they come
 * from. Null for silence.
 */
export function integratedLoudness(blocks: readonly number[]): number | null {
  const audible = blocks.filter((lufs) => lufs > absoluteGate);
  const gate = mean(audible) + relativeGate;
  const spoken = audible.filter((lufs) => lufs > gate);
  return spoken.length > 0 ? mean(spoken) : null;
}

/** How much louder, in dB, sound of this loudness must become. Silence stays what it is. */
export const gainFor = (lufs: number | null): number =>
  lufs === null ? 0 : Math.min(mostGainDb, Math.max(leastGainDb, targetLufs - lufs));

/** Loudnesses are averaged as powers. */
const mean = (blocks: readonly number[]): number =>
  10 * Math.log10(blocks.reduce((sum, lufs) => sum + 10 ** (lufs / 10), 0) / blocks.length);
