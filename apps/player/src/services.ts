import type { TrackingAnswer } from '#libs/contracts';
import { createContext, useContext } from 'react';
import { Carrier } from './bundles/carrier.js';
import { Signers } from './bundles/signers.js';
import { keptDatabase } from './kept/kept-database.js';
import { KeptLibrary } from './kept/kept-library.js';
import { Outbox } from './outbox/outbox.js';
import { Postman } from './outbox/postman.js';
import { Sender } from './outbox/sender.js';
import { bootOfThisPage, type Boot } from './recording/boot.js';
import { request } from './server/request.js';
import { openPlayerDatabase, type PlayerDatabase } from './store/player-database.js';
import { UnsentCount } from './outbox/unsent-count.js';
import { ViewerStore } from './viewer/viewer-store.js';

/** What screens work with; made once, when the page loads. */
export interface Services {
  readonly db: PlayerDatabase;
  readonly boot: Boot;
  readonly outbox: Outbox;
  readonly postman: Postman;
  readonly unsent: UnsentCount;
  readonly viewers: ViewerStore;
  readonly carrier: Carrier;
  readonly kept: KeptLibrary;
}

export async function startServices(): Promise<Services> {
  const db = await openPlayerDatabase();
  const signers = new Signers(db);
  const outbox = new Outbox(db, (owner, authorization) => void signers.enlist(owner, authorization));
  await outbox.release();
  const unsent = new UnsentCount(outbox);
  const post = (body: string, authorization: string) =>
    request<TrackingAnswer>('/tracking/batches', { method: 'POST', body, authorization });
  const postman = new Postman(new Sender(outbox, post, bootOfThisPage), () => void unsent.refresh());
  const viewers = await ViewerStore.open(db, outbox);
  void signers.enlistMissing();
  const carrier = new Carrier(db, outbox, unsent);
  const kept = new KeptLibrary(await keptDatabase(), viewers.current);
  viewers.subscribe(() => void kept.refresh());
  await kept.refresh();
  return { db, boot: bootOfThisPage, outbox, postman, unsent, viewers, carrier, kept };
}

const ServicesContext = createContext<Services | undefined>(undefined);
export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('There are no services above this component.');
  return services;
}
