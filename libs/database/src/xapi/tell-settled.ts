import { piecesOf, tell, uuidOfHash, type Attendance } from '#libs/domain';
import { Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { settleSession } from '../tracking/derive-session.js';
import { presenceRows, sessionRows, spanRows, type SessionRow } from '../tracking/evidence.queries.js';
import { rulingRows } from '../tracking/rulings.queries.js';
import { putOff, takeDue } from './due.queries.js';
import {
  lectureOf,
  lockRegistration,
  presentLearners,
  storeTelling,
  toldClocks,
  type LectureOfEdition,
} from './told.queries.js';

type Settled = ReturnType<typeof settleSession>;

/** In the form of version 4, which the profile's session ids have; of the SHA-256, since ids are derived from what is said. */
export const statementIdOf = (text: string): string => uuidOfHash(createHash('sha256').update(text).digest('hex'), 4);

async function tellLearner(
  db: EntityManager,
  session: SessionRow & { readonly duration_ms: number },
  settled: Settled,
  { learnerId, played, grade }: Attendance,
  { lecture_id: lectureId, title, language }: LectureOfEdition,
  home: string,
): Promise<void> {
  const { id: sessionId, edition_id: editionId, duration_ms: lengthMs } = session;
  const before = await lockRegistration(db, learnerId, editionId);
  const told = await toldClocks(db, sessionId, learnerId);
  const { spans, dating } = settled;
  const pieces = piecesOf({ spans: spans.counted, played, told, wallZeroMs: dating.wallZeroMs, lengthMs });
  const about = { home, sessionId, learnerId, editionId, lectureId, title, language, lengthMs };
  const subject = { ...about, grade: session.kind === 'hall' ? grade : null };
  const telling = tell(subject, pieces, before, statementIdOf);
  await storeTelling(db, { sessionId, learnerId, editionId, clocks: played, ...telling });
}

/** Puts what is new of a session into the outbox; false when it is too early, since the edition has not been measured. */
async function tellSession(db: EntityManager, sessionId: string, home: string): Promise<boolean> {
  const [session] = await sessionRows(db, [sessionId]);
  const lecture = session && (await lectureOf(db, session.edition_id));
  if (!session || !lecture) return true;
  const { duration_ms: lengthMs } = session;
  if (lengthMs === null) return false;
  const ids = [sessionId];
  const ledger = {
    spans: await spanRows(db, ids),
    presences: await presenceRows(db, ids),
    rulings: await rulingRows(db, ids),
  };
  const settled = settleSession(session, ledger);
  const present = await presentLearners(
    db,
    settled.attendances.map(({ learnerId }) => learnerId),
  );
  const attendances = new Map(settled.attendances.map((attendance) => [attendance.learnerId, attendance]));
  for (const id of present) {
    const attendance = attendances.get(id);
    if (attendance && attendance.played.length > 0)
      await tellLearner(db, { ...session, duration_ms: lengthMs }, settled, attendance, lecture, home);
  }
  return true;
}

const logger = new Logger('Xapi');

/**
 * Tells of one session that has settled. Which session it was and what is told of it are one transaction: whatever dies
 * with it, nothing is told twice or forgotten. Any number of workers may do this at once. False when none is due.
 */
export async function tellSettled(database: DataSource, home: string): Promise<boolean> {
  let sessionId: string | undefined;
  try {
    return await database.transaction(async (db) => {
      [sessionId] = await takeDue(db, 1);
      if (sessionId && !(await tellSession(db, sessionId, home))) await putOff(db, sessionId);
      return sessionId !== undefined;
    });
  } catch (error) {
    if (sessionId === undefined) throw error;
    await putOff(database.manager, sessionId);
    logger.warn(`Session ${sessionId} could not be told to the learning record store; again in an hour`, error);
    return true;
  }
}
