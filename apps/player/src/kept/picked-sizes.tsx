import type { LectureSizes, LectureSizesList } from '#libs/contracts';
import { useEffect, useState, type ReactNode } from 'react';
import { isGone, lecturesPicked } from '../catalogue/listed-lectures.js';
import { Failure, Loading } from '../layout/notice.js';
import type { Ask } from '../server/every-item.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { request } from '../server/request.js';
import { useViewer } from '../viewer/use-viewer.js';
import { authorizationOf, type Viewer } from '../viewer/viewer.js';
import { asKeeper } from './order-reader.js';

/** What everything that is picked would take, each lecture once. */
async function sizesOfPicked(viewer: Viewer): Promise<LectureSizes[]> {
  const ask: Ask = (path) => request(path, { authorization: authorizationOf(asKeeper(viewer)) });
  const meant = new Map<string, Set<string>>();
  for await (const { id, courseId } of lecturesPicked(ask, isGone))
    meant.set(courseId, (meant.get(courseId) ?? new Set<string>()).add(id));
  const sizes: LectureSizes[] = [];
  for (const [courseId, ids] of meant) {
    const { items } = await ask<LectureSizesList>(`/courses/${courseId}/sizes`);
    sizes.push(...items.filter(({ lectureId }) => ids.has(lectureId)));
  }
  return sizes;
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
