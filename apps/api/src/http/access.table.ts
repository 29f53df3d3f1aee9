import { roles } from '#libs/contracts';
import type { Who } from './caller.js';

const staff = roles;
const people = [...roles, 'learner'] as const;
const everybody = [...people, 'device'] as const;

/**
 * Which route is open to whom. `public`: no credential at all. `token`: the route checks a token of its own (the right to
 * play, a pairing code). A list: at least one of these; on which unit or site the role must lie, the service asks
 * {@link Authority}. A route that is not here does not start.
 */
export const access: Readonly<Record<string, 'public' | 'token' | readonly Who[]>> = {
  'GET /api/v1/health': 'public',
  'GET /api/v1/openapi.json': 'public',

  'POST /api/v1/session': 'public',
  'GET /api/v1/session': people,
  'DELETE /api/v1/session': everybody,
  'POST /api/v1/devices/enrolments': 'token',
  'GET /api/v1/device': ['device'],
  'POST /api/v1/device/pin-checks': ['device'],

  'GET /api/v1/units': staff,
  'POST /api/v1/units': ['admin'],
  'GET /api/v1/units/:id': staff,
  'GET /api/v1/units/:id/retention': ['admin', 'organiser', 'auditor'],
  'PUT /api/v1/units/:id/retention': ['admin'],
  'GET /api/v1/sites': staff,
  'POST /api/v1/sites': ['admin'],
  'GET /api/v1/sites/:id': [...staff, 'device'],
  'GET /api/v1/sites/:id/roster': ['admin', 'organiser', 'operator', 'device'],
  'POST /api/v1/sites/:id/roster': ['admin', 'organiser', 'operator'],
  'DELETE /api/v1/sites/:id/roster/:learnerId': ['admin', 'organiser', 'operator'],
  'GET /api/v1/sites/:id/devices': ['admin', 'operator'],
  'POST /api/v1/sites/:id/pairing-codes': ['admin', 'operator'],
  'DELETE /api/v1/devices/:id': ['admin', 'operator'],
  'GET /api/v1/devices/:id/held': ['admin', 'organiser', 'operator'],
  'POST /api/v1/devices/:id/held': ['admin', 'organiser', 'operator'],
  'GET /api/v1/accounts': ['admin'],
  'POST /api/v1/accounts': ['admin'],
  'DELETE /api/v1/accounts/:id': ['admin'],

  'GET /api/v1/categories': everybody,
  'POST /api/v1/categories': ['admin', 'librarian'],
  'GET /api/v1/courses': everybody,
  'POST /api/v1/courses': ['librarian'],
  'GET /api/v1/courses/:id': everybody,
  'GET /api/v1/courses/:id/sizes': everybody,
  'PATCH /api/v1/courses/:id': ['librarian'],
  'DELETE /api/v1/courses/:id': ['librarian'],
  'GET /api/v1/lectures': everybody,
  'POST /api/v1/lectures': ['librarian'],
  'GET /api/v1/lectures/:id': everybody,
  'PATCH /api/v1/lectures/:id': ['librarian'],
  'DELETE /api/v1/lectures/:id': ['librarian'],
  'GET /api/v1/selections': ['learner', 'operator', 'device'],
  'POST /api/v1/selections': ['learner', 'operator', 'device'],
  'DELETE /api/v1/selections/:id': ['learner', 'operator', 'device'],

  'OPTIONS /api/v1/uploads': 'public',
  'POST /api/v1/uploads': ['librarian'],
  'GET /api/v1/uploads': ['librarian'],
  'OPTIONS /api/v1/uploads/:id': 'public',
  'POST /api/v1/uploads/:id': ['librarian'],
  'HEAD /api/v1/uploads/:id': ['librarian'],
  'PATCH /api/v1/uploads/:id': ['librarian'],
  'DELETE /api/v1/uploads/:id': ['librarian'],
  'PUT /api/v1/uploads/:id/digest': ['librarian'],
  'GET /api/v1/lectures/:id/pipeline': ['librarian'],
  'PATCH /api/v1/lectures/:id/pipeline': ['librarian'],
  'POST /api/v1/lectures/:id/retry': ['librarian'],
  'POST /api/v1/lectures/:id/re-encode': ['librarian'],
  // An admin of the root sees the whole house and its workers; others what lies below the units they hold.
  'GET /api/v1/pipeline': ['admin', 'librarian'],
  // Only of the root.
  'PATCH /api/v1/pipeline': ['admin'],

  'POST /api/v1/lectures/:id/play': everybody,
  'GET /api/v1/lectures/:id/captions': everybody,
  'PUT /api/v1/lectures/:id/captions/:language': ['librarian'],
  'DELETE /api/v1/lectures/:id/captions/:language': ['librarian'],
  'GET /api/v1/editions/:id/:encode/master.m3u8': 'token',
  'GET /api/v1/editions/:id/:encode/:rendition.m3u8': 'token',
  'GET /api/v1/editions/:id/thumbnails.vtt': 'token',
  'GET /api/v1/editions/:id/manifest': everybody,
  'GET /media/:editionId/:name': 'token',

  'POST /api/v1/tracking/batches': [...everybody, 'outbox'],
  'POST /api/v1/tracking/signers': ['learner', 'device', 'outbox'],
  // Whoever carries a file: what is in it is judged by the right of who has signed it.
  'POST /api/v1/tracking/bundles': everybody,
  'POST /api/v1/sites/:id/paper-sessions': ['admin', 'organiser', 'operator'],
  'PUT /api/v1/hall-sessions/:id/key': ['device'],
  'GET /api/v1/hall-sessions/:id/claims': ['device'],
  'POST /api/v1/hall-sessions/:id/claims': ['learner', 'outbox'],
  'PUT /api/v1/hall-sessions/:id/minutes': ['device'],
  'GET /api/v1/hall-sessions/:id/photo': ['admin', 'organiser', 'operator', 'device'],
  'POST /api/v1/tracking/statements': ['admin', 'organiser', 'operator', 'learner', 'outbox'],
  'GET /api/v1/learners/:id/record': ['admin', 'organiser', 'operator', 'learner', 'device'],
  'GET /api/v1/learners/:id/record/:editionId': ['admin', 'organiser', 'operator', 'learner', 'device'],
  'GET /api/v1/learners/:id/days': ['admin', 'organiser', 'operator', 'learner', 'device'],
  'GET /api/v1/learners/:id/days/:day': ['admin', 'organiser', 'operator', 'learner', 'device'],
  'GET /api/v1/learners/:id/export': ['admin', 'organiser', 'operator', 'learner'],
  'GET /api/v1/learners/:id/erasure': ['admin', 'organiser'],
  'DELETE /api/v1/learners/:id': ['admin', 'organiser'],
  'POST /api/v1/learners/:id/disputes': ['learner'],
  'GET /api/v1/disputes': ['admin', 'organiser', 'operator'],
  'POST /api/v1/disputes/:id/answer': ['admin', 'organiser', 'operator'],
  'POST /api/v1/tracking/sessions/:id/overrides': ['admin', 'organiser'],
  'POST /api/v1/tracking/sessions/:id/claims': ['admin', 'organiser', 'operator', 'learner'],
  'GET /api/v1/learners/:id/claimable-sessions': ['learner'],
  'GET /api/v1/claims': ['admin', 'organiser', 'operator'],
  'POST /api/v1/claims/:id/decision': ['admin', 'organiser', 'operator'],
  'GET /api/v1/flags': ['admin', 'organiser'],
  'PATCH /api/v1/flags/:id': ['admin', 'organiser'],
  'PUT /api/v1/editions/:id/segment-maps/:oldId': ['librarian'],
  'GET /api/v1/sites/:id/record': [...staff, 'device'],
  'GET /api/v1/sites/:id/record/parts': [...staff, 'device'],
  'GET /api/v1/lectures/:id/record': staff,

  // Only of the root.
  'GET /api/v1/xapi': ['admin'],
  'GET /api/v1/xapi/refused': ['admin'],
  'POST /api/v1/xapi/retry': ['admin'],
  'POST /api/v1/xapi/refused/:id/retry': ['admin'],
  'GET /api/v1/units/:id/record': ['admin', 'librarian', 'organiser', 'auditor'],
};
