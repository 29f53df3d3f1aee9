import type { SiteRecord, SiteSessionRecord } from '#libs/contracts';
import { eventually } from './eventually.js';
import { askAs } from './remote.js';
import type { Theatre } from './theatre.js';

/** What the operator finds of the sessions of a hall, by the note that was written about each. */
export function hallRecord(theatre: Theatre, operator: string) {
  const path = `/sites/${theatre.country.sites.hall}/record`;
  const sessionThat = (is: (session: SiteSessionRecord) => boolean) =>
    eventually(
      'the session in the record',
      async () => (await askAs<SiteRecord>(theatre, operator, path)).sessions?.find(is),
      120_000,
    );
  return {
    sessionThat,
    /** Once enough of it has arrived. */
    sessionWith: (note: string) => sessionThat((session) => session.note === note && session.playedMs > 6000),
    withPhoto: (note: string) =>
      sessionThat((session) => session.note === note && session.hasPhoto && session.playedMs > 6000),
  };
}

export const gradesOf = ({ people }: Pick<SiteSessionRecord, 'people'>) =>
  Object.fromEntries(people.map(({ name, grade }) => [name, grade]));
