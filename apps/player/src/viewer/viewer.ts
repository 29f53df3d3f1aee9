import type { AccountView, EnrolledDevice } from '#libs/contracts';

export type Person = AccountView;

/** Who sits before the screen: somebody signed in, the hall whose device it is, or nobody known. */
export interface Viewer {
  readonly person: Person | undefined;
  readonly device: EnrolledDevice | undefined;
}

export const isKnown = ({ person, device }: Viewer): boolean => person !== undefined || device !== undefined;

/** What is kept of the server's answers is kept for one viewer. */
export const viewerKey = ({ person, device }: Viewer): string =>
  person ? `person:${person.id}` : device ? `device:${device.deviceId}` : 'nobody';

export const deviceAuthorization = ({ credential }: EnrolledDevice): string => `Device ${credential}`;

/** A person is told by the session cookie; a device that nobody has signed in on, by its own credential. */
export const authorizationOf = ({ person, device }: Viewer): string | undefined =>
  person || !device ? undefined : deviceAuthorization(device);
