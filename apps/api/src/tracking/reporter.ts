import type { SessionHead } from '#libs/contracts';
import type { RefusalCode } from '#libs/domain';
import type { Caller } from '../http/caller.js';
import type { SignerRow } from './bundles.queries.js';

/** Who sends a batch, and for whom it may. */
export interface Reporter {
  /** What a session belongs to once it was used. */
  readonly credential: string;
  readonly learnerId: string | null;
  readonly deviceId: string | null;
  /** Sites whose hall sessions it may send. */
  readonly halls: readonly string[];
  /** A device of which it is known which installation it is: batches of any other are a copy's. */
  readonly isBound?: boolean;
}

/** What the database knows of those who are named in batches. */
export interface Surroundings {
  /** Length in ms by edition; null until it has been measured. */
  readonly editions: ReadonlyMap<string, number | null>;
  /** Sites on whose roster a learner is or was, the present ones first. */
  readonly rosters: ReadonlyMap<string, readonly string[]>;
  readonly siteOfDevice: ReadonlyMap<string, string>;
  /** Labels of those among the named learners who are erased. */
  readonly erased: ReadonlySet<string>;
}

/** To whom and where a session counts. */
export interface Place {
  readonly learnerId: string | null;
  readonly siteId: string | null;
}

export function reporterOf(caller: Caller): Reporter {
  switch (caller.kind) {
    case 'device':
      return {
        credential: `device:${caller.deviceId}`,
        learnerId: null,
        deviceId: caller.deviceId,
        halls: [caller.siteId],
        isBound: caller.isBound,
      };
    case 'outbox':
      return learner(caller.learnerId, caller.deviceId, []);
    case 'person': {
      const halls = caller.roles.flatMap(({ role, siteId }) => (role === 'operator' && siteId ? [siteId] : []));
      if (caller.learnerId) return learner(caller.learnerId, caller.deviceId, halls);
      return { credential: `account:${caller.id}`, learnerId: null, deviceId: caller.deviceId, halls, isBound: false };
    }
    case 'nobody':
      return { credential: 'nobody', learnerId: null, deviceId: null, halls: [], isBound: false };
  }
}

/** Who signed a bundle sends what is in it, whoever brings it. */
export function reporterOfSigner({
  learnerId,
  deviceId,
  siteId,
  isBound,
}: Omit<SignerRow, 'point' | 'isRevoked'>): Reporter {
  if (learnerId) return learner(learnerId, deviceId, []);
  return { credential: `device:${deviceId}`, learnerId: null, deviceId, halls: siteId ? [siteId] : [], isBound };
}

const learner = (learnerId: string, deviceId: string | null, halls: readonly string[]): Reporter => {
  return { credential: `learner:${learnerId}`, learnerId, deviceId, halls, isBound: false };
};

/** The place of a session, or why the reporter may not send it at all. */
export function placeOf(head: SessionHead, reporter: Reporter, around: Surroundings): Place | RefusalCode {
  if (!around.editions.has(head.editionId)) return 'unknown-edition';
  const deviceSite = around.siteOfDevice.get(reporter.deviceId ?? '');
  return head.kind === 'hall'
    ? hallPlace(head.siteId ?? deviceSite, reporter)
    : personalPlace(head.learnerId ?? reporter.learnerId, deviceSite, reporter, around);
}

const hallPlace = (siteId: string | undefined, { halls }: Reporter): Place | RefusalCode =>
  siteId !== undefined && halls.includes(siteId) ? { learnerId: null, siteId } : 'not-yours';

/** A device reports for the learners of its site's roster; what is watched on it counts at its site. */
function personalPlace(
  learnerId: string | null,
  deviceSite: string | undefined,
  reporter: Reporter,
  { rosters }: Surroundings,
): Place | RefusalCode {
  if (learnerId === null) return 'not-yours';
  const sites = rosters.get(learnerId) ?? [];
  const isDevice = reporter.credential.startsWith('device:');
  const mayReport = isDevice ? sites.includes(deviceSite ?? '') : learnerId === reporter.learnerId;
  return mayReport ? { learnerId, siteId: deviceSite ?? sites[0] ?? null } : 'not-yours';
}
