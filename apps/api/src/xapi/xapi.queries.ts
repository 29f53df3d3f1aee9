import type { PageQuery, RefusedStatement, XapiOverview } from '#libs/contracts';
import type { EntityManager } from 'typeorm';
import { keyOf } from '../http/paging.js';

const MOST_COUNTED = 100_000;
const counted = (where: string) => `(SELECT count(*)::int FROM (SELECT FROM ${where} LIMIT ${MOST_COUNTED}) counted)`;

type Row = Omit<XapiOverview, 'notBefore' | 'sentAt'> & { notBefore: Date | null; sentAt: Date | null };

export const xapiOverview = async (db: EntityManager): Promise<XapiOverview> => {
  const [row] = await db.query<[Row]>(
    `SELECT CASE WHEN host IS NULL THEN 'off' WHEN seen_at < now() - interval '5 minutes' THEN 'silent' ELSE state END AS state,
            host, status, CASE WHEN not_before > now() THEN not_before END AS "notBefore",
            coalesce(sent, 0)::float8 AS sent, sent_at AS "sentAt",
            ${counted('xapi_statement WHERE refused_at IS NULL')} AS waiting,
            ${counted('xapi_statement WHERE refused_at IS NOT NULL')} AS refused,
            ${counted('xapi_registration WHERE is_cut')} AS cut
     FROM (VALUES (true)) house (is_only) LEFT JOIN xapi_sender USING (is_only)`,
  );
  return { ...row, notBefore: row.notBefore?.toISOString() ?? null, sentAt: row.sentAt?.toISOString() ?? null };
};

/** `limit + 1` of the statements that were refused, the latest first. */
export const refusedStatements = (db: EntityManager, { after, limit }: PageQuery): Promise<RefusedStatement[]> =>
  db.query(
    `SELECT id, statement->'verb'->'display'->>'en' AS verb, learner_id AS "learnerId",
            (SELECT value FROM json_each_text(statement->'object'->'definition'->'name') LIMIT 1) AS lecture,
            to_char(refused_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "refusedAt", status, detail
     FROM xapi_statement
     WHERE refused_at IS NOT NULL AND ($1::timestamptz IS NULL OR (refused_at, id) < ($1, $2::uuid))
     ORDER BY refused_at DESC, id DESC LIMIT $3`,
    [...keyOf(after, 2), limit + 1],
  );

/** One of them, back to its place in the outbox; false when it does not wait for that. The sender keeps its pace. */
export const sendOneAgain = async (db: EntityManager, id: string): Promise<boolean> => {
  const [, count] = await db.query<[unknown, number]>(
    `UPDATE xapi_statement SET refused_at = NULL, status = NULL, detail = NULL WHERE id = $1 AND refused_at IS NOT NULL`,
    [id],
  );
  return count > 0;
};

/** All of them, back to their places in the outbox, and the sender need not wait any longer. */
export const sendAgain = async (db: EntityManager): Promise<void> => {
  await db.query(
    `UPDATE xapi_statement SET refused_at = NULL, status = NULL, detail = NULL WHERE refused_at IS NOT NULL`,
  );
  await db.query(`UPDATE xapi_sender SET not_before = now(), state = 'sending', failures = 0`);
};
