import type { LectureSizes, LectureSizesList, LectureView, Page, SelectionView } from '#libs/contracts';
import { useEffect, useState, type ReactNode } from 'react';
import { Failure, Loading } from '../layout/notice.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { request } from '../server/request.js';
import { useViewer } from '../viewer/use-viewer.js';
import { authorizationOf, type Viewer } from '../viewer/viewer.js';
import { asKeeper } from './order-reader.js';

/** A list longer than this is measured by its beginning only. */
const MOST = 200;

/** What everything that is picked would take, each lecture once. */
async function sizesOfPicked(viewer: Viewer): Promise<LectureSizes[]> {
  const ask = <T,>(path: string) => request<T>(path, { authorization: authorizationOf(asKeeper(viewer)) });
  const { items } = await ask<Page<SelectionView>>(`/selections?limit=${MOST}`);
  const sizes = new Map<string, LectureSizes>();
  for (const { courseId, lectureId } of items) {
    const course = courseId ?? (await ask<LectureView>(`/lectures/${lectureId ?? ''}`)).courseId;
    const all = await ask<LectureSizesList>(`/courses/${course}/sizes`);
    for (const each of all.items)
      if (courseId !== null || each.lectureId === lectureId) sizes.set(each.lectureId, each);
  }
  return [...sizes.values()];
}

export function PickedSizes({ children }: { children: (sizes: readonly LectureSizes[]) => ReactNode }) {
  const viewer = useViewer();
  const [sizes, setSizes] = useState<readonly LectureSizes[]>();
  const [refused, setRefused] = useState<RefusalReason>();
  useEffect(() => {
    let isCurrent = true;
    sizesOfPicked(viewer).then(
      (found) => isCurrent && setSizes(found),
      (error: unknown) => isCurrent && setRefused(reasonOf(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [viewer]);
  if (refused) return <Failure reason={refused} />;
  return sizes ? children(sizes) : <Loading />;
}
