import type { ClaimItem } from '#libs/contracts';
import { labelOf } from '#libs/database';
import { namedIn } from '../http/names.queries.js';

/** What a queue tells of the learner and the session that something is about. */
type About = Pick<
  ClaimItem,
  'learnerId' | 'learnerName' | 'learnerLabel' | 'siteId' | 'siteName' | 'editionId' | 'lectureTitle' | 'startedAt'
>;
export type AboutRow = Omit<About, 'learnerId' | 'learnerLabel' | 'startedAt'> & {
  readonly learner: string;
  readonly mayName: boolean;
  readonly startedAt: Date | null;
};

/**
 * Its columns, where a statement has `learner`, `site`, `edition`, `lecture` and, if it was derived, `record`; by the places
 * of the reader's reach of names.
 */
export const about = (sites: string, units: string): string => `
  learner.id AS learner, ${namedIn(sites, units)} AS "mayName",
  CASE WHEN ${namedIn(sites, units)} THEN learner.name END AS "learnerName", site.id AS "siteId", site.name AS "siteName",
  edition.id AS "editionId", lecture.title AS "lectureTitle", record.started_at AS "startedAt"`;

/** Enough to tell the cases before one reader apart. */
const LABEL_DIGITS = 6;

export const aboutOf = (row: AboutRow): About => ({
  learnerId: row.mayName ? row.learner : null,
  learnerName: row.learnerName,
  learnerLabel: labelOf(row.learner).slice(-LABEL_DIGITS),
  siteId: row.siteId,
  siteName: row.siteName,
  editionId: row.editionId,
  lectureTitle: row.lectureTitle,
  startedAt: row.startedAt?.toISOString() ?? null,
});
