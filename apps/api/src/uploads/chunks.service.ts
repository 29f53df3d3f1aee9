import { DomainError } from '#libs/domain';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import { type Checksum, parseChecksum, verifying } from './checksum.js';
import { hasBody } from './tus-headers.js';
import { untilBroken } from './upload-body.js';
import type { TusAsk } from './tus.service.js';
import { storageFailure, UploadStore } from './upload-store.js';

type Body = TusAsk['body'];

/**
 * Takes the bytes of one request. With a checksum they wait in a file of their own until the whole chunk has proved
 * right: of one that breaks off, nothing is kept.
 */
@Injectable()
export class Chunks implements BeforeApplicationShutdown {
  private readonly open = new Map<IncomingMessage, Promise<unknown>>();

  constructor(private readonly store: UploadStore) {}

  /**
   * Hands the bytes to `act`.
   *
   * @param room bytes that the upload can still take
   * @throws {DomainError} `checksum-mismatch`, `too-large`: then none of the chunk has been handed on.
   */
  async receive<T>(source: IncomingMessage, room: number, act: (body: Body) => Promise<T>): Promise<T> {
    const taken = this.handOn(source, room, act);
    this.open.set(source, taken);
    try {
      return await taken;
    } finally {
      this.open.delete(source);
    }
  }

  /** An upload may take days: who still sends when this process ends is cut off, and goes on with the next. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const source of this.open.keys()) source.destroy();
    await Promise.allSettled(this.open.values());
  }

  private async handOn<T>(source: IncomingMessage, room: number, act: (body: Body) => Promise<T>): Promise<T> {
    const { headers } = source;
    const checksum = headers['upload-checksum'];
    if (typeof checksum === 'string') return this.receiveWhole(source, parseChecksum(checksum), room, act);
    if (!hasBody(headers)) return act(undefined);
    const length = headers['content-length'];
    return act({ stream: untilBroken(source), bytes: length === undefined ? undefined : Number(length) });
  }

  private async receiveWhole<T>(
    source: IncomingMessage,
    checksum: Checksum,
    room: number,
    act: (body: Body) => Promise<T>,
  ): Promise<T> {
    const path = this.store.pathOf(`${uuidv7()}.chunk`);
    try {
      await pipeline(untilBroken(source), atMost(room), verifying(checksum), createWriteStream(path, { flags: 'wx' }));
      return await handFile(path, act);
    } catch (error) {
      throw storageFailure(error);
    } finally {
      await rm(path, { force: true });
    }
  }
}

async function handFile<T>(path: string, act: (body: Body) => Promise<T>): Promise<T> {
  const { size } = await stat(path);
  const stream = createReadStream(path);
  try {
    return await act({ stream, bytes: size });
  } finally {
    stream.destroy();
  }
}

function atMost(room: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length;
      if (passed > room) done(new DomainError('too-large', 'There are more bytes than the upload has room for.'));
      else done(null, chunk);
    },
  });
}
