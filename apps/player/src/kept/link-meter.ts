import { linkAllowance, monthOf, type LinkAllowance, type LinkRules } from '#libs/domain';
import type { KeptDatabase } from './kept-database.js';

const NO_LIMITS: LinkRules = { hours: null, mbPerMonth: null, timeZone: 'UTC' };

/** Says what the link of this device's site still allows, and notes what is taken over it. */
export class LinkMeter {
  private rules = NO_LIMITS;
  private month = '';
  private usedBytes = 0;
  private told: LinkAllowance | undefined;

  constructor(
    private readonly db: KeptDatabase,
    private readonly now: () => number = Date.now,
  ) {}

  /** None where a device belongs to no site: then the link is its owner's own affair. */
  async obey(rules: LinkRules | undefined): Promise<void> {
    this.rules = rules ?? NO_LIMITS;
    await this.open(monthOf(this.now(), this.rules.timeZone));
  }

  private async open(month: string): Promise<void> {
    this.month = month;
    this.usedBytes = (await this.db.get('used', month)) ?? 0;
    this.told = undefined;
  }

  /** Looking at a calendar is slow on old machines, so an answer stands until its time is over or bytes were taken. */
  allowance(): LinkAllowance {
    const nowMs = this.now();
    const { told } = this;
    const changeMs = told && (told.mayFetch ? told.untilMs : told.nextMs);
    if (told && changeMs !== undefined && nowMs < changeMs) return told;
    return (this.told = linkAllowance(this.rules, this.usedBytes, nowMs));
  }

  async take(bytes: number): Promise<void> {
    const month = monthOf(this.now(), this.rules.timeZone);
    if (month !== this.month) await this.open(month);
    this.usedBytes += bytes;
    await this.db.put('used', this.usedBytes, month);
    if (!this.told?.mayFetch) return;
    const bytesLeft = this.told.bytesLeft - bytes;
    this.told = bytesLeft > 0 ? { ...this.told, bytesLeft } : undefined;
  }
}
