import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { newSecret } from './secrets.js';

/** OWASP's least for argon2id (the algorithm that the package takes by default): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and checks what people choose themselves: passwords and PINs. */
@Injectable()
export class Passwords {
  private readonly ofNobody = this.hash(newSecret());

  hash(secret: string): Promise<string> {
    return hash(secret, COST);
  }

  /** An unknown login takes as long as a wrong password, so that the time does not tell which logins exist. */
  async verify(secret: string, storedHash: string | null | undefined): Promise<boolean> {
    const matches = await verify(storedHash ?? (await this.ofNobody), secret);
    return matches && Boolean(storedHash);
  }
}
