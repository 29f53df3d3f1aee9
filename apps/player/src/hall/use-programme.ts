import type { CourseView, LectureView } from '#libs/contracts';
import { useEffect, useState } from 'react';
import { read } from '../server/reads.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { useServices, type Services } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';
import { viewerKey, type Viewer } from '../viewer/viewer.js';
import { programmeFrom } from './programme.js';
import { readProgramme, SITE_LIST } from './read-programme.js';

interface Found {
  readonly key: string;
  /** None for the list of the site. */
  readonly course: CourseView | undefined;
  readonly lectures: readonly LectureView[];
}

export type ProgrammeReading =
  | { readonly state: 'loading' }
  | ({ readonly state: 'ready' } & Found)
  | { readonly state: 'failed'; readonly reason: RefusalReason };

/** The lectures of a course or of the site's list, read anew when the link comes back. */
export function useProgramme(key: string): ProgrammeReading {
  const { db } = useServices();
  const viewer = useViewer();
  const [round, setRound] = useState(0);
  const [reading, setReading] = useState<ProgrammeReading>({ state: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    const tell = (told: ProgrammeReading) => {
      if (isCurrent) setReading(told);
    };
    const ask = <T>(path: string) => read<T>(db, viewer, path).then(({ value }) => value);
    const course = key === SITE_LIST ? Promise.resolve(undefined) : ask<CourseView>(`/courses/${key}`);
    Promise.all([course, readProgramme(ask, key)]).then(
      ([named, lectures]) => tell({ state: 'ready', key, course: named, lectures }),
      (error: unknown) => tell({ state: 'failed', reason: reasonOf(error) }),
    );
    const again = () => setRound((count) => count + 1);
    window.addEventListener('online', again);
    return () => {
      isCurrent = false;
      window.removeEventListener('online', again);
    };
  }, [db, viewer, key, round]);
  return reading;
}

/**
 * Puts a programme on the hall's desk, from one of its lectures on: from here on it needs no link and survives a power cut.
 * What is known of its lectures stays known.
 */
export async function beginProgramme(
  { db }: Pick<Services, 'db'>,
  viewer: Viewer,
  { title, lectures, lectureId }: { title: string; lectures: readonly LectureView[]; lectureId: string },
): Promise<void> {
  const tx = db.transaction(['things', 'reads'], 'readwrite', { durability: 'strict' });
  const programme = programmeFrom(title, lectures, lectureId);
  const draft = { lectureId, present: [], headCount: 0, programme };
  const first = lectures.filter(({ id }) => id === lectureId);
  const known = [...first, ...(programme?.rest ?? [])].map((lecture) => {
    return { viewer: viewerKey(viewer), path: `/lectures/${lecture.id}`, body: lecture };
  });
  await Promise.all([
    tx.objectStore('things').put(draft, 'roll'),
    ...known.map((read) => tx.objectStore('reads').put(read)),
    tx.done,
  ]);
}
