import { intervalsOf, type SegmentMapRow } from '#libs/database';
import { carryOver, intersect, type Interval, type Part } from '#libs/domain';
import type { SessionOfLearner } from './explanation.queries.js';

/** Rule 9: media of one edition as media of another, by every way that segment maps lead there. */
function carried(watched: readonly Interval[], from: string, to: string, maps: readonly SegmentMapRow[]): Interval[] {
  if (from === to) return [...watched];
  return maps
    .filter(({ old_edition_id }) => old_edition_id === from)
    .flatMap(({ new_edition_id, segments }) => carried(carryOver(watched, segments), new_edition_id, to, maps));
}

/** What one session gave for an edition: of an older one, what is carried over. */
export function partOf(
  { edition_id, watched, played }: SessionOfLearner,
  to: { readonly editionId: string; readonly lengthMs: number },
  maps: readonly SegmentMapRow[],
): Part {
  const seen = watched ? [...watched.A, ...watched.B, ...watched.C] : [];
  return {
    watched: intersect(carried(seen, edition_id, to.editionId, maps), [[0, to.lengthMs]]),
    played: played === null ? [] : intervalsOf(played),
  };
}
