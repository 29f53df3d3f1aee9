import type { EnrolledDevice } from '#libs/contracts';
import type { Recorded } from '../lecture/use-play-session.js';
import { ownerOf, type SessionTrace } from '../recording/play-session.js';
import { useServices, type Services } from '../services.js';
import type { Written } from './closing.js';
import type { HallDesk } from './hall-desk.js';
import { minutesPost } from './minutes-post.js';

/** Closes the session that plays here, with what was written about it; needs no link. */
export function useFinish(desk: HallDesk, device: EnrolledDevice, recorded: Recorded | undefined) {
  const services = useServices();
  return async ({ note, speakers, photo }: Written): Promise<void> => {
    if (recorded) {
      const { session, keeper } = recorded;
      for (const learnerId of session.roll.present) session.roll.leave(learnerId, services.boot.clockMs());
      session.remark({ headCount: desk.current().headCount, note });
      await keeper.send();
      const post = await minutesPost(services);
      await post.keep({ sessionId: session.id, owner: ownerOf(device), speakers, photo });
      void post.sendAll().catch(() => undefined);
    }
    await desk.close(services.boot.id);
  };
}

/** Closes a session of a boot that is over: who was there ends with what had played (TRACKING.md rule 7). */
export async function closeTrace(
  services: Pick<Services, 'outbox' | 'postman' | 'unsent'>,
  { owner, bootId, head }: SessionTrace,
  headCount: number,
  { note, speakers, photo }: Written,
): Promise<void> {
  await services.outbox.keep({ owner, bootId, head: { ...head, headCount, note }, spans: [], presences: [] });
  await services.unsent.refresh();
  const post = await minutesPost(services);
  await post.keep({ sessionId: head.id, owner, speakers, photo });
  services.postman.nudge();
  void post.sendAll().catch(() => undefined);
}
