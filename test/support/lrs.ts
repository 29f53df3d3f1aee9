import { isDeepStrictEqual } from 'node:util';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import xapi from 'xapi-validation';
import type { Statement } from '#libs/domain';

/** What goes wrong with a request: an answer with this status, or none, before or after the statements were kept. */
export interface LrsFault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is cut, or the answer never comes, when the statements are already in (`kept`) or not. */
  readonly silence?: 'cut' | 'never';
  readonly kept?: boolean;
}

/**
 * A learning record store that takes statements as the standard says: whole batches or nothing, 400 for one that is none, 409
 * for another content under a known id (or, `strict`, for any known id), 401 without its key.
 */
export class LrsDouble {
  static readonly key = 'house';
  static readonly secret = 'a secret of the house';
  /** In the order in which they came; one a statement. */
  readonly statements: Statement[] = [];
  readonly asked: { headers: IncomingMessage['headers']; statements: Statement[] }[] = [];
  strict = false;
  /** Statements that it will not take, though they are some. */
  refuses: (statement: Statement) => boolean = () => false;
  fault: (request: number) => LrsFault | undefined = () => undefined;
  private readonly hanging: ServerResponse[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get config() {
    const { port } = this.server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}/xapi`;
    return { endpoint, key: LrsDouble.key, secret: LrsDouble.secret, home: 'https://lectern.example', settleMs: 0 };
  }

  get hung(): number {
    return this.hanging.length;
  }

  async close(): Promise<void> {
    for (const response of this.hanging) response.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const statements = JSON.parse(Buffer.concat(parts).toString()) as Statement[];
    const fault = this.fault(this.asked.push({ headers: request.headers, statements }));
    const status = fault && !fault.kept ? 0 : this.keep(request, statements);
    if (fault) this.fail(response, fault);
    else this.tell(response, status, statements);
  }

  private tell(response: ServerResponse, status: number, statements: readonly Statement[]): void {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? statements.map(({ id }) => id) : { error: `refused: ${status}` }));
  }

  private fail(response: ServerResponse, { status, headers, silence }: LrsFault): void {
    if (silence === 'cut') response.destroy();
    else if (silence === 'never') this.hanging.push(response);
    else response.writeHead(status ?? 500, headers).end('something is wrong');
  }

  private keep({ method, url, headers }: IncomingMessage, statements: readonly Statement[]): number {
    const basic = Buffer.from(`${LrsDouble.key}:${LrsDouble.secret}`).toString('base64');
    if (headers.authorization !== `Basic ${basic}`) return 401;
    if (method !== 'POST' || url !== '/xapi/statements') return 404;
    if (headers['x-experience-api-version'] !== '1.0.3' || statements.some((one) => this.isBad(one))) return 400;
    const known = statements.map((one) => this.statements.find(({ id }) => id === one.id));
    if (known.some((one, at) => one && (this.strict || !isDeepStrictEqual(one, statements[at])))) return 409;
    this.statements.push(...statements.filter((_, at) => !known[at]));
    return 200;
  }

  private isBad(statement: Statement): boolean {
    return xapi.default(statement).length > 0 || this.refuses(statement);
  }
}
