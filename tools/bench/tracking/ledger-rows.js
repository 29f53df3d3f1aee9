// A ledger of any size, written by SQL with what is derived from it: ten spans a session, a session a learner, 25 learners a
// site, over one month.
export const SPANS_A_LEARNER = 10;
export const LEARNERS_A_SITE = 25;
export const MONTH = { from: '2026-09-01', to: '2026-09-30' };
const EDITIONS = 100;

/** What `learnersBetween` writes to. */
export const FILLED = [
  'site',
  'device',
  'learner',
  'roster_entry',
  'tracking_session',
  'tracking_span',
  'session_record',
  'session_audience',
  'session_minutes',
  'learner_credit',
  'site_day',
];

const idOf = (kind, number) => `('00000000-000${kind}-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
const KINDS = { site: 1, device: 2, learner: 3, session: 4, edition: 5, lecture: 6 };
const id = (kind, number) => idOf(KINDS[kind], number);
export const idIn = (kind, number) => `00000000-000${KINDS[kind]}-7000-8000-${number.toString(16).padStart(12, '0')}`;
export const credentialOf = (site) => `bench-${site}`;

const SITE = `(n / ${LEARNERS_A_SITE})`;
const EDITION = id('edition', `(n % ${EDITIONS})`);
const DAY = `(date '${MONTH.from}' + (n % 30)::int)`;
const START = `(${DAY}::timestamptz + (n % 600) * interval '1 minute')`;
const START_MS = `(extract(epoch FROM ${START}) * 1000)::bigint`;
const PLAYED_MS = SPANS_A_LEARNER * 10_000;
const WATCHED = `'[[0,${PLAYED_MS}]]'`;

export const catalogue = ({ unitId, courseId }) => [
  `INSERT INTO lecture (id, course_id, position, title)
   SELECT ${id('lecture', 'n')}, '${courseId}', n + 1, 'Bench ' || n FROM generate_series(0, ${EDITIONS - 1}) n`,
  `INSERT INTO edition (id, lecture_id, number, source_name, source_bytes, source_sha256, state, live, duration_ms)
   SELECT ${id('edition', 'n')}, ${id('lecture', 'n')}, 1, 'bench.mp4', 1, '', 'ready', true, 3600000
   FROM generate_series(0, ${EDITIONS - 1}) n`,
  `UPDATE unit SET time_zone = 'UTC' WHERE id = '${unitId}'`,
];

/** The statements that add the learners from `first` up to, but without, `end`; both whole sites. */
export function learnersBetween(first, end, { unitId }) {
  const each = `generate_series(${first}, ${end - 1}) n`;
  const sites = `generate_series(${first / LEARNERS_A_SITE}, ${end / LEARNERS_A_SITE - 1}) n`;
  return [
    `INSERT INTO site (id, unit_id, name) SELECT ${id('site', 'n')}, '${unitId}', 'Bench ' || n FROM ${sites}`,
    `INSERT INTO device (id, site_id, name, secret_hash, last_seen_at)
     SELECT ${id('device', 'n')}, ${id('site', 'n')}, 'Bench', encode(sha256(('bench-' || n)::bytea), 'hex'), now() FROM ${sites}`,
    `INSERT INTO learner (id, name, code) SELECT ${id('learner', 'n')}, 'Bench ' || n, 'bench-' || n FROM ${each}`,
    `INSERT INTO roster_entry (site_id, learner_id, from_date)
     SELECT ${id('site', SITE)}, ${id('learner', 'n')}, '2020-01-01' FROM ${each}`,
    `INSERT INTO tracking_session (id, credential, boot_id, edition_id, kind, learner_id, site_id, clock_at_start_ms,
       claimed_start, first_received_at, first_clock_to_ms)
     SELECT ${id('session', 'n')}, 'device:' || ${id('device', SITE)}, ${id('session', 'n')}, ${EDITION}, 'personal',
       ${id('learner', 'n')}, ${id('site', SITE)}, 0, ${START}, ${START} + interval '5 minutes', 10000 FROM ${each}`,
    `INSERT INTO tracking_span (session_id, seq, clock_from_ms, from_ms, rate_thousandths, clock_to_ms, to_ms, received_at)
     SELECT ${id('session', 'n')}, seq, seq * 10000, seq * 10000, 1000, (seq + 1) * 10000, (seq + 1) * 10000, ${START}
     FROM ${each}, generate_series(0, ${SPANS_A_LEARNER - 1}) seq`,
    `INSERT INTO session_record (session_id, site_id, edition_id, kind, started_at, dated_by, day, played_ms, head_count)
     SELECT ${id('session', 'n')}, ${id('site', SITE)}, ${EDITION}, 'personal', ${START}, 'claim', ${DAY}, ${PLAYED_MS}, 0 FROM ${each}`,
    `INSERT INTO session_audience (session_id, learner_id, edition_id, grade, watched)
     SELECT ${id('session', 'n')}, ${id('learner', 'n')}, ${EDITION}, 'B', '{"B": [[0, ${PLAYED_MS}]]}' FROM ${each}`,
    `INSERT INTO session_minutes (session_id, learner_id, day, edition_id, site_id, grade, played)
     SELECT ${id('session', 'n')}, ${id('learner', 'n')}, ${DAY}, ${EDITION}, ${id('site', SITE)}, 'B',
       int8multirange(int8range(${START_MS}, ${START_MS} + ${PLAYED_MS})) FROM ${each}`,
    `INSERT INTO learner_credit (learner_id, edition_id, length_ms, covered_ms, minutes_ms, credit_ms, complete, rule_version,
       covered_by_grade, watched)
     SELECT ${id('learner', 'n')}, ${EDITION}, 3600000, ${PLAYED_MS}, ${PLAYED_MS}, ${PLAYED_MS}, false, 1,
       '{"B": ${PLAYED_MS}}', ${WATCHED} FROM ${each}`,
    `INSERT INTO site_day (site_id, day, edition_id, sessions, audience_a, audience_b, audience_c, audience_d, minutes_ms)
     SELECT ${id('site', SITE)}, ${DAY}, ${EDITION}, count(*), 0, count(*), 0, 0, count(*) * ${PLAYED_MS} FROM ${each}
     GROUP BY GROUPING SETS ((1, 2, 3), (1, 2))`,
  ];
}
