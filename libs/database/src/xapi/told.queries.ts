import { NEW_REGISTRATION, type Interval, type Registration, type Statement } from '#libs/domain';
import type { EntityManager } from 'typeorm';
import { intervalsOf, multirangeOf } from '../tracking/multirange.js';

/** Whom and what a session is about, in words that an outsider may read. */
export interface LectureOfEdition {
  readonly lecture_id: string;
  readonly title: string;
  readonly language: string;
}

export const lectureOf = async (db: EntityManager, editionId: string): Promise<LectureOfEdition | undefined> => {
  const rows = await db.query<LectureOfEdition[]>(
    `SELECT lecture.id AS lecture_id, lecture.title, course.language
     FROM edition JOIN lecture ON lecture.id = edition.lecture_id JOIN course ON course.id = lecture.course_id WHERE edition.id = $1`,
    [editionId],
  );
  return rows[0];
};

/** Of those who were there, who may be told of: the erased go by labels, and nobody is told of them. In one order everywhere. */
export const presentLearners = async (db: EntityManager, ids: readonly string[]): Promise<string[]> => {
  const rows = await db.query<{ id: string }[]>(
    `SELECT id FROM learner WHERE id = ANY($1::uuid[]) AND erased_at IS NULL ORDER BY id FOR KEY SHARE`,
    [ids],
  );
  return rows.map(({ id }) => id);
};

/** What has been told of a learner and an edition; nobody else tells more of it before the transaction ends. */
export const lockRegistration = async (
  db: EntityManager,
  learnerId: string,
  editionId: string,
): Promise<Registration> => {
  const key = [learnerId, editionId];
  await db.query(
    `INSERT INTO xapi_registration (learner_id, edition_id) VALUES ($1, $2) ON CONFLICT (learner_id, edition_id) DO NOTHING`,
    key,
  );
  const [row] = await db.query<{ segments: Interval[]; spent: string; complete: boolean }[]>(
    `SELECT segments, spent::text, complete FROM xapi_registration WHERE learner_id = $1 AND edition_id = $2 FOR UPDATE`,
    key,
  );
  return row ? { ...row, spent: intervalsOf(row.spent) } : NEW_REGISTRATION;
};

export const toldClocks = async (db: EntityManager, sessionId: string, learnerId: string): Promise<Interval[]> => {
  const rows = await db.query<{ clocks: string }[]>(
    `SELECT clocks::text FROM xapi_told WHERE session_id = $1 AND learner_id = $2`,
    [sessionId, learnerId],
  );
  return rows.flatMap(({ clocks }) => intervalsOf(clocks));
};

export interface Telling {
  readonly sessionId: string;
  readonly learnerId: string;
  readonly editionId: string;
  /** On the session's clock. */
  readonly clocks: readonly Interval[];
  readonly statements: readonly Statement[];
  readonly registration: Registration;
  readonly isCut: boolean;
}

/** Puts what is told into the outbox, and notes that it was, in the same transaction. */
export const storeTelling = async (db: EntityManager, telling: Telling): Promise<void> => {
  const { sessionId, learnerId, editionId, clocks, statements, registration, isCut } = telling;
  await db.query(
    `INSERT INTO xapi_statement (id, learner_id, statement)
     SELECT (statement->>'id')::uuid, $1, statement FROM json_array_elements($2) WITH ORDINALITY list (statement, place)
     ORDER BY place ON CONFLICT (id) DO NOTHING`,
    [learnerId, JSON.stringify(statements)],
  );
  await db.query(
    `INSERT INTO xapi_told (session_id, learner_id, clocks) VALUES ($1, $2, $3::int8multirange)
     ON CONFLICT (session_id, learner_id) DO UPDATE SET clocks = xapi_told.clocks + excluded.clocks`,
    [sessionId, learnerId, multirangeOf(clocks)],
  );
  await db.query(
    `UPDATE xapi_registration SET segments = $3, spent = $4::int8multirange, complete = $5, is_cut = is_cut OR $6
     WHERE learner_id = $1 AND edition_id = $2`,
    [
      learnerId,
      editionId,
      JSON.stringify(registration.segments),
      multirangeOf(registration.spent),
      registration.complete,
      isCut,
    ],
  );
};
