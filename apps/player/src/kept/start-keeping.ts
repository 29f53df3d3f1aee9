import { Signers } from '../bundles/signers.js';
import type { Services } from '../services.js';
import { authorizationOf } from '../viewer/viewer.js';
import { BlobFetcher } from './blob-fetcher.js';
import { genuine } from './genuine.js';
import { HouseKeys } from './house-keys.js';
import { KEPT_CACHE } from './kept-addresses.js';
import { Keeper } from './keeper.js';
import { LectureFetcher } from './lecture-fetcher.js';
import { LinkMeter } from './link-meter.js';
import { asKeeper, OrderReader } from './order-reader.js';
import { canKeep, roomHere } from './room.js';

/** Begins to fetch what is wanted on this device. Loaded after the first screen stands: nobody waits for it. */
export async function startKeeping({ db, kept, viewers }: Services): Promise<void> {
  if (!canKeep()) return;
  const meter = new LinkMeter(kept.db);
  const blobs = new BlobFetcher(kept.db, await caches.open(KEPT_CACHE), meter);
  const authorization = () => authorizationOf(asKeeper(viewers.current()));
  const house = new HouseKeys(db, new Signers(db), viewers.current);
  const lectures = new LectureFetcher({
    ...{ library: kept, blobs, room: roomHere, authorization },
    genuine: (manifest) => genuine(manifest, house),
  });
  const orders = new OrderReader(db, kept, viewers.current);
  const keeper = new Keeper({ library: kept, meter, lectures, orders, onRound: house.beginRound });
  kept.employ(keeper);
  viewers.subscribe(keeper.look);
  window.addEventListener('online', keeper.onLinkBack);
  keeper.wake();
}
