import { isWanted, type KeptLecture } from './kept-lecture.js';
import type { Keeping, KeptLibrary } from './kept-library.js';
import { asFound, pathsOnShelf } from './kept-shelf.js';
import type { LectureFetcher } from './lecture-fetcher.js';
import type { LinkMeter } from './link-meter.js';
import type { OrderReader } from './order-reader.js';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Orders and the catalogue are looked at so often. */
const LOOK_EVERY_MS = 6 * 3_600_000;
/** A timer of a browser holds no longer. */
const LONGEST_TIMER_MS = 3_600_000;

/** Doubles with every failure in a row, spread by half. */
export const backOffMs = (failures: number, chance: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)) * (0.5 + chance / 2);

interface Parts {
  readonly library: KeptLibrary;
  readonly meter: LinkMeter;
  readonly lectures: LectureFetcher;
  readonly orders: OrderReader;
  /** Told when a round begins. */
  readonly onRound: () => void;
}

/** Of all tabs one fetches. */
function alone(work: () => Promise<void>): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? locks.request('lectern-keeper', work) : work();
}

/** Brings what is wanted onto the device, one lecture after the other, when the link allows it. */
export class Keeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isBusy = false;
  private isAskedAgain = false;
  private failures = 0;
  private lookedAtMs = -Infinity;
  private nextInMs = LONGEST_WAIT_MS;
  /** Not to be had yet; looked at again with the catalogue. */
  private readonly postponed = new Set<string>();

  constructor(private readonly parts: Parts) {}

  /** A link that has just come back is no reason to go on waiting. */
  readonly onLinkBack = (): void => {
    this.failures = 0;
    this.wake();
  };

  readonly wake = (): void => {
    clearTimeout(this.timer);
    if (this.isBusy) this.isAskedAgain = true;
    else void this.work();
  };

  /** Orders are new, or the catalogue may be. */
  readonly look = (): void => {
    this.lookedAtMs = -Infinity;
    this.wake();
  };

  private async work(): Promise<void> {
    this.isBusy = true;
    // Whatever goes wrong, it is tried again.
    this.nextInMs = LONGEST_WAIT_MS;
    await alone(() => this.round()).finally(() => {
      this.isBusy = false;
      this.timer = setTimeout(this.wake, this.isAskedAgain ? 0 : this.nextInMs);
      this.isAskedAgain = false;
    });
  }

  private async round(): Promise<void> {
    const { library, meter, orders, onRound } = this.parts;
    onRound();
    const rules = await orders.linkRules();
    if (rules === 'unknown') {
      this.wait('link');
      return;
    }
    await meter.obey(rules);
    await this.checkShelf();
    if (performance.now() - this.lookedAtMs >= LOOK_EVERY_MS) await this.lookAround();
    for (let next = this.nextWanted(); next; next = this.nextWanted()) {
      library.tell({ keeping: { does: 'fetches', lectureId: next.lectureId } });
      const step = await this.parts.lectures.bring(next, this.onFlow);
      if (step === 'later') this.postponed.add(next.lectureId);
      else if (step !== 'done') {
        this.wait(step);
        return;
      }
    }
    library.tell({ keeping: { does: 'rests' } });
    this.nextInMs = LOOK_EVERY_MS;
  }

  private readonly onFlow = (): void => {
    this.failures = 0;
  };

  private async lookAround(): Promise<void> {
    if (!(await this.parts.orders.look())) return;
    this.postponed.clear();
    this.lookedAtMs = performance.now();
  }

  private nextWanted(): KeptLecture | undefined {
    return this.parts.library.current().lectures.find((kept) => isWanted(kept) && !this.postponed.has(kept.lectureId));
  }

  /** What the browser has cleared is fetched again. */
  private async checkShelf(): Promise<void> {
    const { library } = this.parts;
    await library.refresh();
    const there = await pathsOnShelf();
    for (const kept of library.current().lectures) {
      const { isWhole, keptBytes } = asFound(kept, there);
      if (isWhole !== kept.isWhole || keptBytes !== kept.keptBytes)
        await library.change(kept.lectureId, { isWhole, keptBytes });
    }
  }

  private wait(step: 'link' | 'limit'): void {
    const allowance = this.parts.meter.allowance();
    if (step === 'limit' && !allowance.mayFetch) {
      this.rest({ does: 'waits', for: allowance.because, untilMs: allowance.nextMs });
      return;
    }
    this.failures += 1;
    const ms = backOffMs(this.failures, Math.random());
    this.rest({ does: 'waits', for: 'link', untilMs: Date.now() + ms });
  }

  private rest(keeping: Extract<Keeping, { does: 'waits' }>): void {
    this.parts.library.tell({ keeping });
    this.nextInMs = Math.min(LONGEST_TIMER_MS, Math.max(0, keeping.untilMs - Date.now()));
  }
}
