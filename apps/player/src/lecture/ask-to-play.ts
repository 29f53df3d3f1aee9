import type { PlayGrant } from '#libs/contracts';
import { endOf, grantOf } from '../kept/kept-grant.js';
import type { KeptLecture } from '../kept/kept-lecture.js';
import { isShelved } from '../kept/kept-shelf.js';
import { Refusal } from '../server/refusal.js';
import { request } from '../server/request.js';
import type { Services } from '../services.js';
import { authorizationOf, viewerKey, type Viewer } from '../viewer/viewer.js';

type Needs = Pick<Services, 'db' | 'outbox' | 'kept'>;

/** With the lecture on the device, nobody waits for a bad link only to learn where they left off. */
const PATIENCE_MS = 2500;

/** The right to play: of what is kept here at once, of anything else from the server. @throws {Refusal} */
export async function askToPlay(services: Needs, viewer: Viewer, lectureId: string): Promise<PlayGrant> {
  const kept = services.kept.current().lectures.find((each) => each.lectureId === lectureId && each.isWhole);
  const isHere = kept?.manifest && (await isShelved(kept.manifest));
  return isHere ? playKept(services, viewer, kept) : askServer(services, viewer, lectureId);
}

async function askServer({ db }: Needs, viewer: Viewer, lectureId: string): Promise<PlayGrant> {
  const path = `/lectures/${lectureId}/play`;
  const grant = await request<PlayGrant>(path, { method: 'POST', authorization: authorizationOf(viewer) });
  const { editionId, resumeMs } = grant;
  await db.put('reads', { viewer: viewerKey(viewer), path, body: { editionId, resumeMs } satisfies LeftOff });
  return grant;
}

/** A newer edition is played from the server, as long as it can be reached. */
async function playKept(services: Needs, viewer: Viewer, kept: KeptLecture): Promise<PlayGrant> {
  const asked = navigator.onLine ? await inTime(askServer(services, viewer, kept.lectureId)) : undefined;
  if (asked && asked.editionId !== kept.manifest?.editionId) return asked;
  const own = grantOf(kept, asked?.resumeMs ?? (await leftOffAt(services, viewer, kept)));
  return own ?? askServer(services, viewer, kept.lectureId);
}

/** @throws {Refusal} when the server says no; undefined when it says nothing in time. */
async function inTime(asking: Promise<PlayGrant>): Promise<PlayGrant | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  const answer = asking.catch((error: unknown) => {
    if (error instanceof Refusal && (error.status === 0 || error.status >= 500)) return undefined;
    throw error;
  });
  // An answer that comes too late is nobody's any more.
  answer.catch(() => undefined);
  return Promise.race([answer, patience]).finally(() => clearTimeout(timer));
}

type LeftOff = Pick<PlayGrant, 'editionId' | 'resumeMs'>;

/** What has not been sent yet is newer than what the server last said. */
async function leftOffAt(services: Needs, viewer: Viewer, { lectureId, manifest }: KeptLecture): Promise<number> {
  const learnerId = viewer.person?.learnerId;
  if (learnerId === undefined || !manifest) return 0;
  const { editionId } = manifest;
  const unsent = endOf(await services.outbox.spansOf(`learner:${learnerId}`, editionId));
  return unsent ?? toldBefore(services, viewer, lectureId, editionId);
}

async function toldBefore({ db }: Needs, viewer: Viewer, lectureId: string, editionId: string): Promise<number> {
  const told = await db.get('reads', [viewerKey(viewer), `/lectures/${lectureId}/play`]);
  const leftOff = told?.body as LeftOff | undefined;
  return leftOff?.editionId === editionId ? leftOff.resumeMs : 0;
}
