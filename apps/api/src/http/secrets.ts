import { hash, randomBytes } from 'node:crypto';

/** A new secret of 256 bits, to be told once. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a random secret: SHA-256 in hex. Passwords and PINs, which people choose, get argon2 instead. */
export const hashOf = (secret: string): string => hash('sha256', secret);
