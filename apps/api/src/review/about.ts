import type { ClaimItem } from '#libs/contracts';

/** What a queue tells of the learner and the session that something is about. */
type About = Pick<
  ClaimItem,
  'learnerId' | 'learnerName' | 'siteId' | 'siteName' | 'editionId' | 'lectureTitle' | 'startedAt'
>;
export type AboutRow = Omit<About, 'startedAt'> & { readonly startedAt: Date | null };

/** Its columns, where a statement has `learner`, `site`, `edition`, `lecture` and, if it was derived, `record`. */
export const ABOUT = `learner.id AS "learnerId", learner.name AS "learnerName", site.id AS "siteId", site.name AS "siteName",
  edition.id AS "editionId", lecture.title AS "lectureTitle", record.started_at AS "startedAt"`;

export const aboutOf = (row: AboutRow): About => ({
  learnerId: row.learnerId,
  learnerName: row.learnerName,
  siteId: row.siteId,
  siteName: row.siteName,
  editionId: row.editionId,
  lectureTitle: row.lectureTitle,
  startedAt: row.startedAt?.toISOString() ?? null,
});
