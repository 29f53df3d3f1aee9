import type { CategoryView, Page } from '#libs/contracts';
import type { PlayerDatabase } from '../store/player-database.js';
import { viewerKey, type Viewer } from '../viewer/viewer.js';
import { keptDatabase } from './kept-database.js';
import { isOwnedBy } from './kept-owner.js';
import { answerFrom } from './offline-answers.js';

/** Answers a read of the catalogue from what is kept here for this viewer; undefined when that says nothing. */
export async function readKept(db: PlayerDatabase, viewer: Viewer, path: string): Promise<unknown> {
  const all = await (await keptDatabase()).getAll('lectures');
  const lectures = all.filter((kept) => kept.isWhole && isOwnedBy(kept, viewer));
  if (lectures.length === 0) return undefined;
  const known = await db.get('reads', [viewerKey(viewer), '/categories']);
  const categories = (known?.body as Page<CategoryView> | undefined)?.items ?? [];
  return answerFrom({ lectures, categories }, path);
}
