import pg from 'pg';

/** `cannot_connect_now` (PostgreSQL, Appendix A): the server is starting up, after a crash for as long as it recovers. */
const STARTING_UP = '57P03';

/**
 * To BullMQ a server that is not there is asked again after a while; one that is starting up it would ask again at once,
 * a thousand times a second, and log each. Here both are the same.
 */
export class PatientClient extends pg.Client {
  override connect(): Promise<pg.Client>;
  override connect(callback: Told): void;
  override connect(callback?: Told): Promise<pg.Client> | void {
    const connected = super.connect().catch((error: unknown) => {
      throw asAway(error);
    });
    if (!callback) return connected;
    const tell = callback as (error: unknown, client?: pg.Client) => void;
    connected.then(
      (client) => tell(null, client),
      (error: unknown) => tell(error),
    );
  }
}

type Told = ((error: Error) => void) | ((error: null, client: pg.Client) => void);

function asAway<E>(error: E): E {
  if (error instanceof pg.DatabaseError && error.code === STARTING_UP) error.code = 'ECONNREFUSED';
  return error;
}
