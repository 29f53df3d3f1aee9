import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import pg from 'pg';
import { PatientClient } from './patient-client.js';

/** ErrorResponse of the protocol (PostgreSQL 55.7). */
function refusal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mnot now\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

describe('PatientClient', () => {
  let code: string;
  const server = createServer((socket) => socket.once('data', () => socket.end(refusal(code))));
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const pool = () =>
    new pg.Pool({
      connectionString: `postgres://somebody:word@127.0.0.1:${(server.address() as AddressInfo).port}/house`,
      Client: PatientClient,
    });

  it.each([
    ['a server that starts up is taken for one that is not there', '57P03', 'ECONNREFUSED'],
    ['any other refusal stays what it is', '28P01', '28P01'],
  ])('%s', async (_, said, heard) => {
    code = said;
    await expect(pool().query('SELECT 1')).rejects.toMatchObject({ code: heard });
  });
});
