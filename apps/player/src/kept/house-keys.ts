import type { Signers } from '../bundles/signers.js';
import { recall, type PlayerDatabase } from '../store/player-database.js';
import type { Viewer } from '../viewer/viewer.js';
import type { House } from './genuine.js';

/** As whom this browser signs: as the hall's device that it is, or as the learner who sits before it. */
const signerIn = ({ device, person }: Viewer): string =>
  device ? `device:${device.deviceId}` : `learner:${person?.learnerId ?? ''}`;

/** The key of the house, asked for anew at most once a round of keeping: sixty forged lectures are one question. */
export class HouseKeys implements House {
  private asking: Promise<void> | undefined;

  constructor(
    private readonly db: PlayerDatabase,
    private readonly signers: Pick<Signers, 'askAgain'>,
    private readonly viewer: () => Viewer,
  ) {}

  readonly beginRound = (): void => {
    this.asking = undefined;
  };

  async key(): Promise<string | undefined> {
    return (await recall(this.db, 'house'))?.receiptKey;
  }

  askAgain(): Promise<void> {
    return (this.asking ??= this.signers.askAgain(signerIn(this.viewer())));
  }
}
