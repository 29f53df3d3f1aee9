import type { RoleName, StatementResult, StatementsAnswer, StatementsRequest } from '#libs/contracts';
import { appendAudit, labelOf } from '#libs/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { readStatement, type StatementMoment, type UnreadStatement } from './read-statement.js';
import { reporterOf, type Reporter } from './reporter.js';
import { batchesOf, type StatementBatch } from './statement-batches.js';
import { noted, refusal, resultOf } from './statement-results.js';
import { TrackingService } from './tracking.service.js';

/** Who may bring what another system tells of a learner; and only where they answer for every roster that the learner is on. */
const BRINGERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];

/** Takes statements of the xAPI Video Profile as spans: they go the way of every batch, and every rule is theirs. */
@Injectable()
export class StatementsService {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly tracking: TrackingService,
  ) {}

  /** @throws {DomainError} `too-fast`, `too-busy` */
  async take(request: StatementsRequest, caller: Caller): Promise<StatementsAnswer> {
    const list = Array.isArray(request) ? request : request.statements;
    const read = list.map(readStatement);
    const unread = read.filter((one): one is UnreadStatement => 'code' in one);
    const batches = batchesOf(read.filter((one): one is StatementMoment => !('code' in one)));
    const told = [
      ...unread.map((one) => refusal(one, one.code)),
      ...batches.flatMap(({ open }) => open.map((one) => refusal(one, 'no-end'))),
      ...(await this.takeBatches(
        batches.filter(({ placed }) => placed.length > 0),
        caller,
      )),
    ];
    const byIndex = new Map(told.map((result) => [result.index, result]));
    const results = read.map((one) => byIndex.get(one.index) ?? noted(one));
    return { serverTime: new Date().toISOString(), results };
  }

  /** What became of each statement with which something began to play. */
  private async takeBatches(read: readonly StatementBatch[], caller: Caller): Promise<StatementResult[]> {
    if (read.length === 0) return [];
    const reporters = new Map<string, Reporter>();
    for (const { learnerId } of read) {
      if (!reporters.has(learnerId)) reporters.set(learnerId, await this.reporterFor(learnerId, caller));
    }
    const reporterOfBatch = ({ learnerId }: StatementBatch) => reporters.get(learnerId) ?? reporterOf(caller);
    const made = read.map((one) => ({ batch: one.batch, reporter: reporterOfBatch(one) }));
    const results = await this.tracking.takeMade(made, caller);
    for (const one of read) if (isBroughtBy(caller, reporterOfBatch(one))) await this.note(one, caller);
    return read.flatMap(({ placed }, at) => placed.map((one) => resultOf(one, results[at] ?? [])));
  }

  /** Staff report in a learner's name, under their own. */
  private async reporterFor(learnerId: string, caller: Caller): Promise<Reporter> {
    const own = reporterOf(caller);
    if (caller.kind !== 'person' || own.learnerId === learnerId) return own;
    if ((await this.authority.overLearner(caller, BRINGERS, learnerId)) !== 'all') return own;
    return { credential: `account:${caller.id}`, learnerId, deviceId: null, halls: [] };
  }

  private async note({ learnerId, batch }: StatementBatch, caller: Caller): Promise<void> {
    const facts = { label: labelOf(learnerId), batch: batch.id };
    await this.database.transaction((db) =>
      appendAudit(db, { by: actorOf(caller), deed: 'statements-brought', facts }),
    );
  }
}

const isBroughtBy = (caller: Caller, { credential, learnerId }: Reporter): boolean =>
  caller.kind === 'person' && caller.learnerId !== learnerId && learnerId !== null && credential.startsWith('account:');
