import type { LearnerRecord, SpanReport } from '#libs/contracts';
import { union, type Interval } from '#libs/domain';
import { useCallback, useEffect, useState } from 'react';
import { listPath } from '../server/use-pages.js';
import { read } from '../server/reads.js';
import { useServices } from '../services.js';
import { useViewer } from '../viewer/use-viewer.js';

const intervalOf = ({ fromMs, toMs }: SpanReport): Interval => [fromMs, toMs];

export interface Watched {
  readonly intervals: readonly Interval[];
  readonly add: (spans: readonly SpanReport[]) => void;
}

/** What the learner has watched of an edition: what the server's record says, with what has not reached it yet. */
export function useWatched(lectureId: string, editionId: string, learnerId: string | undefined): Watched {
  const { db, outbox } = useServices();
  const viewer = useViewer();
  const [known, setKnown] = useState<{ editionId: string; intervals: readonly Interval[] }>();

  const unite = useCallback(
    (more: readonly Interval[]) =>
      setKnown((before) => ({
        editionId,
        intervals: union([...(before?.editionId === editionId ? before.intervals : []), ...more]),
      })),
    [editionId],
  );
  const add = useCallback((spans: readonly SpanReport[]) => unite(spans.map(intervalOf)), [unite]);

  useEffect(() => {
    if (learnerId === undefined) return;
    void outbox.spansOf(`learner:${learnerId}`, editionId).then(add);
    read<LearnerRecord>(db, viewer, listPath(`/learners/${learnerId}/record`, { lectureId })).then(
      ({ value }) =>
        unite(value.items.filter((item) => item.editionId === editionId).flatMap(({ watched }) => watched)),
      // The map then shows what is known here.
      () => undefined,
    );
  }, [db, viewer, outbox, lectureId, editionId, learnerId, add, unite]);

  return { intervals: known?.editionId === editionId ? known.intervals : [], add };
}
