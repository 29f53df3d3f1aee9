import { DomainError } from '#libs/domain';
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import { crc32 } from 'node:zlib';

export const CHECKSUM_ALGORITHMS = ['sha1', 'md5', 'sha256', 'crc32'] as const;
type Algorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** What a chunk must add up to. */
export interface Checksum {
  readonly algorithm: Algorithm;
  readonly digest: Buffer;
}

const lengths: Readonly<Record<Algorithm, number>> = { sha1: 20, md5: 16, sha256: 32, crc32: 4 };

/** Reads `Upload-Checksum`. @throws {DomainError} `invalid-request` when it is malformed or its algorithm not offered. */
export function parseChecksum(header: string): Checksum {
  const [name = '', base64 = '', ...more] = header.split(' ');
  const algorithm = CHECKSUM_ALGORITHMS.find((offered) => offered === name);
  if (!algorithm) {
    throw new DomainError('invalid-request', `Upload-Checksum must be one of ${CHECKSUM_ALGORITHMS.join(', ')}.`);
  }
  const digest = Buffer.from(base64, 'base64');
  if (more.length > 0 || digest.length !== lengths[algorithm] || digest.toString('base64') !== base64) {
    throw new DomainError('invalid-request', `Upload-Checksum is no Base64 of a ${algorithm}.`);
  }
  return { algorithm, digest };
}

/** Lets bytes pass and, when all have, fails with `checksum-mismatch` unless they add up. */
export function verifying({ algorithm, digest }: Checksum): Transform {
  const sum = algorithm === 'crc32' ? crc32Sum() : createHash(algorithm);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const holds = sum.digest().equals(digest);
      done(holds ? null : new DomainError('checksum-mismatch', `The ${algorithm} of this part is another one.`));
    },
  });
}

/** CRC-32 (ISO 3309) with the most significant byte first. */
function crc32Sum() {
  let value = 0;
  return {
    update: (chunk: Buffer) => void (value = crc32(chunk, value)),
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}
