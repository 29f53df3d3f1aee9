import type { RoleName, StatementResult, StatementsAnswer, StatementsRequest } from '#libs/contracts';
import { appendAudit, labelOf } from '#libs/database';
import type { ApiConfig } from '#libs/config';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Authority } from '../http/authority.js';
import { actorOf, type Caller } from '../http/caller.js';
import { CONFIG } from '../http/config.js';
import { readStatement, type StatementMoment, type UnreadStatement } from './read-statement.js';
import { reporterOf, type Reporter } from './reporter.js';
import { batchesOf, type StatementBatch } from './statement-batches.js';
import { statementIds, type IdOf } from './statement-ids.js';
import { noted, refusal, resultOf } from './statement-results.js';
import { knownBatches } from './statements.queries.js';
import { TrackingService } from './tracking.service.js';

/** Who may bring what another system tells of a learner; and only where they answer for every roster that the learner is on. */
const BRINGERS: readonly RoleName[] = ['admin', 'organiser', 'operator'];

/** Takes statements of the xAPI Video Profile as spans: they go the way of every batch, and every rule is theirs. */
@Injectable()
export class StatementsService {
  private readonly idOf: IdOf;

  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly tracking: TrackingService,
    @Inject(CONFIG) config: ApiConfig,
  ) {
    this.idOf = statementIds(config);
  }

  /** @throws {DomainError} `too-fast`, `too-busy` */
  async take(request: StatementsRequest, caller: Caller): Promise<StatementsAnswer> {
    const list = Array.isArray(request) ? request : request.statements;
    const read = list.map(readStatement);
    const unread = read.filter((one): one is UnreadStatement => 'code' in one);
    const moments = read.filter((one): one is StatementMoment => !('code' in one));
    const batches = batchesOf(moments, this.idOf);
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
    const reporterOfBatch = await this.reporters([...new Set(read.map(({ learnerId }) => learnerId))], caller);
    const made = read.map((one) => ({ batch: one.batch, reporter: reporterOfBatch(one) }));
    await this.note(
      read.filter((one) => isBroughtBy(caller, reporterOfBatch(one))),
      caller,
    );
    const results = await this.tracking.takeMade(made, caller);
    return read.flatMap(({ placed }, at) => placed.map((one) => resultOf(one, results[at] ?? [])));
  }

  /** Staff report in a learner's name, under their own. However many learners there are, it is one question. */
  private async reporters(learnerIds: readonly string[], caller: Caller) {
    const own = reporterOf(caller);
    const others = learnerIds.filter((id) => id !== own.learnerId);
    const answeredFor = await this.authority.overWhom(caller, BRINGERS, others);
    return ({ learnerId }: StatementBatch): Reporter =>
      caller.kind === 'person' && answeredFor.has(learnerId)
        ? { credential: `account:${caller.id}`, learnerId, deviceId: null, halls: [] }
        : own;
  }

  /** Before the ledger has them, so that none is without its entry; what is sent again needs none. */
  private async note(brought: readonly StatementBatch[], caller: Caller): Promise<void> {
    const ids = brought.map(({ batch }) => batch.id);
    const known = await knownBatches(this.database.manager, `account:${actorOf(caller)}`, ids);
    for (const { learnerId, batch } of brought.filter(({ batch }) => !known.has(batch.id))) {
      const facts = { label: labelOf(learnerId), batch: batch.id };
      await this.database.transaction((db) =>
        appendAudit(db, { by: actorOf(caller), deed: 'statements-brought', facts }),
      );
    }
  }
}

const isBroughtBy = (caller: Caller, { credential, learnerId }: Reporter): boolean =>
  caller.kind === 'person' && caller.learnerId !== learnerId && learnerId !== null && credential.startsWith('account:');
