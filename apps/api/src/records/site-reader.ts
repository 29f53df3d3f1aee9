import { Injectable } from '@nestjs/common';
import { Authority } from '../http/authority.js';
import type { Caller } from '../http/caller.js';
import { Names } from '../http/names.js';
import { COUNTERS } from './reader.js';

/** Who may read what was watched at a site, and how much of it. */
@Injectable()
export class SiteReader {
  constructor(
    private readonly authority: Authority,
    private readonly names: Names,
  ) {}

  /** Whether the caller may see names. @throws {DomainError} `forbidden` when not even counts. */
  async require(siteId: string, caller: Caller): Promise<boolean> {
    if (await this.names.mayName(caller, siteId)) return true;
    await this.authority.require(caller, COUNTERS, { siteId });
    return false;
  }
}
