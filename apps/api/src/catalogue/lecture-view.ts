import type { LectureView } from '#libs/contracts';
import { errorCodes } from '#libs/domain';
import type { Language } from '../http/problem.js';
import { problemTexts } from '../http/problem.texts.js';
import type { LectureRow } from './lectures.queries.js';

/** A lecture as its reader sees it; why it failed is told in their language. */
export function lectureViewOf(
  { failureCode, failureDetail, ...lecture }: Omit<LectureRow, 'poster'>,
  posterUrl: string | null,
  language: Language,
): LectureView {
  const progress = lecture.state === 'ready' ? 1 : lecture.progress;
  const view = { ...lecture, posterUrl, progress };
  if (lecture.state !== 'failed') return view;
  const code = errorCodes.find((known) => known === failureCode) ?? 'internal';
  return { ...view, failure: { code, title: problemTexts[code][language], detail: failureDetail ?? '' } };
}
