import type { PipelineJob } from '#libs/contracts';
import { errorCodes, segmentMs } from '#libs/domain';
import type { Language } from '../http/problem.js';
import { problemTexts } from '../http/problem.texts.js';
import type { JobRow } from './pipeline.queries.js';

/**
 * How fast a part of a lecture is being encoded: its length for each time that passes, 1 is as fast as it plays. Null
 * while there is nothing to tell from.
 */
export function speedOf({ fromMs, toMs, state, progress, runMs }: Speeding): number | null {
  if (fromMs === null || toMs === null || runMs === null || runMs <= 0 || state === 'failed') return null;
  const share = state === 'done' ? 1 : progress;
  return share > 0 ? (share * (toMs - fromMs)) / runMs : null;
}

type Speeding = Pick<JobRow, 'fromMs' | 'toMs' | 'state' | 'progress' | 'runMs'>;

/** Whether all of a part lies within the first segments; only parts of the picture are asked. */
export const isWithin = ({ kind, toMs }: Pick<JobRow, 'kind' | 'toMs'>, segments: number): boolean =>
  kind === 'chunk' && toMs !== null && Math.ceil(toMs / segmentMs) <= segments;

/** Why something failed, in the reader's language; nothing when it has not. */
export function failureOf(
  { failureCode, failureDetail }: { failureCode: string | null; failureDetail: string | null },
  language: Language,
): { failure?: { code: string; title: string; detail: string } } {
  const code = errorCodes.find((known) => known === failureCode);
  return code ? { failure: { code, title: problemTexts[code][language], detail: failureDetail ?? '' } } : {};
}

/** @param segments that viewers can watch by now, from the beginning without a gap. */
export function jobView(row: JobRow, segments: number, language: Language): PipelineJob {
  const { kind, chunkIndex, fromMs, toMs, state, attempts, progress, cpuMs, bytes, workerId, host } = row;
  return {
    ...{ kind, chunkIndex, fromMs, toMs, state, attempts, progress, cpuMs, bytes },
    runMs: row.runMs === null ? null : Math.round(row.runMs),
    speed: speedOf(row),
    worker: workerId === null ? null : { id: workerId, host },
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    watchable: isWithin(row, segments),
    ...failureOf(row, language),
  };
}
