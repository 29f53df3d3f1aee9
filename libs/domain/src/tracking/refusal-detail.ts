import type { Presence } from './presence.js';
import type { RefusalCode, Span } from './span.js';

const reasons: Readonly<Record<RefusalCode, string>> = {
  malformed: 'is not a stretch of playing',
  'too-short': 'is shorter than 250 ms of clock',
  'faster-than-clock': 'holds more media than its clock and rate allow',
  'slower-than-clock': 'holds less media than its clock and rate allow: a stall must end a span',
  'beyond-the-end': 'lies past the end of the edition',
  'clock-overlap': 'plays while another span of the session plays',
  'span-changed': 'is not the same that was first reported under this number',
  'session-full': 'has a number beyond the 20,000 spans and 5,000 presences that a session holds',
  'not-yours': 'belongs to a session, learner or site that this credential may not report for',
  'session-changed': 'reports a session as another than it was first reported',
  'session-folded': 'came after the detail of its session was folded: what had counted by then stays, nothing is added',
  'unknown-edition': 'is of an edition that does not exist',
};

const told = (item: Span | Presence): string =>
  'rate' in item
    ? `Media ${item.fromMs}-${item.toMs} ms at rate ${item.rate}, clock ${item.clockFromMs}-${item.clockToMs} ms`
    : `Presence, clock ${item.clockFromMs}-${item.clockToMs ?? ''} ms`;

/** One sentence for programmers; screens tell the code in the reader's language. */
export const refusalDetail = (code: RefusalCode, item?: Span | Presence): string =>
  `${item ? told(item) : 'This'} ${reasons[code]}.`;
