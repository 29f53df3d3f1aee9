import { z } from 'zod';
import { IngestEnvironment, type IngestLimits, ingestLimitsOf } from './ingest.js';

export { standardIngestLimits, type IngestLimits, type IngestShare } from './ingest.js';

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  MEDIA_ROOT: z.string().startsWith('/'),
  S3_BUCKET: z.string().min(3).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  ORIGINALS_CACHE_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(40 * 1024 ** 3),
});

const ApiEnvironment = Environment.extend({
  ...IngestEnvironment.shape,
  PLAY_SIGNING_KEY: z.string().includes('BEGIN PRIVATE KEY'),
  BUNDLE_KEY: z.string().includes('BEGIN PRIVATE KEY'),
  ADMIN_PASSWORD: z.string().min(8).optional(),
  HOST: z.string().min(1).default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  SCREENS_ROOT: z.string().startsWith('/').optional(),
  PUBLIC_URL: z.url().optional(),
  SECURE_COOKIES: z.stringbool().default(false),
  TRUST_PROXY: z.stringbool().default(false),
  INGEST_THREAD: z.stringbool().default(true),
  UPLOAD_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(20 * 1024 ** 3),
  UPLOAD_EXPIRY_HOURS: z.coerce
    .number()
    .positive()
    .default(24 * 7),
});

const DAY_MINUTES = 24 * 60;

const WorkerEnvironment = Environment.extend({
  XAPI_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  XAPI_KEY: z.string().min(1).optional(),
  XAPI_SECRET: z.string().min(1).optional(),
  XAPI_HOME: z.url({ protocol: /^https?$/ }).optional(),
  XAPI_SETTLE_MINUTES: z.coerce.number().min(0).max(DAY_MINUTES).default(10),
});

/** Where originals and published pieces lie when not on a disk. Its keys are not ours to read: the AWS SDK finds them. */
export interface BucketConfig {
  readonly name: string;
  readonly region: string;
  /** Of a store that is not Amazon's. */
  readonly endpoint: string | undefined;
}

/** What every process reads. The worker has no more: it decodes hostile files, so it holds no secret that it can do without. */
export interface Config {
  readonly databaseUrl: string;
  /** Set: BullMQ runs on Redis; not set: on Postgres. */
  readonly redisUrl: string | undefined;
  /** Absolute path under which uploads, sources, editions and work lie. */
  readonly mediaRoot: string;
  /** Set: originals and published pieces lie in this bucket, and under `mediaRoot` only what is under way. */
  readonly bucket: BucketConfig | undefined;
  /** How much of a worker's disk copies of originals may take, when there is a bucket. */
  readonly originalsCacheBytes: number;
}

/** A learning record store to which watching is told (xAPI). */
export interface LrsConfig {
  /** Its address up to the name of a resource, without a slash at its end. */
  readonly endpoint: string;
  readonly key: string;
  readonly secret: string;
  /** Under which address this house names learners and lectures; stays the same for ever. No slash at its end. */
  readonly home: string;
  /** A session is told when nothing more has come of it for so long. */
  readonly settleMs: number;
}

export interface WorkerConfig extends Config {
  /** Set: this worker tells what is watched. */
  readonly lrs?: LrsConfig | undefined;
}

export interface ApiConfig extends Config {
  /** PKCS8 PEM of the EC P-256 key that signs the right to play (ES256). */
  readonly playSigningKey: string;
  /** PKCS8 PEM of the EC P-256 key that opens bundle files (ECDH). */
  readonly bundleKey: string;
  /** Of the account `admin`, set at every start of the API when given. */
  readonly adminPassword: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Absolute path of the built player and console; not set: this API serves no screens. */
  readonly screensRoot: string | undefined;
  /** Where people reach this house, when a proxy stands before it; decides which Origin is our own. */
  readonly publicUrl: string | undefined;
  readonly secureCookies: boolean;
  readonly trustProxy: boolean;
  /** Whether batches are read, judged and written in a thread of their own, so that they never hold up people's requests. */
  readonly ingestThread: boolean;
  readonly ingestLimits: IngestLimits;
  readonly uploadMaxBytes: number;
  /** How long an unfinished upload is kept after its last byte. */
  readonly uploadExpiryMs: number;
}

/** @throws {Error} naming every variable that is missing or wrong. */
export const readConfig = (env: NodeJS.ProcessEnv): Config => configOf(parse(Environment, env));

/** @throws {Error} naming every variable that is missing or wrong. */
export function readWorkerConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const read = parse(WorkerEnvironment, env);
  return { ...configOf(read), lrs: lrsOf(read) };
}

function lrsOf(read: z.infer<typeof WorkerEnvironment>): LrsConfig | undefined {
  const { XAPI_ENDPOINT: endpoint, XAPI_KEY: key, XAPI_SECRET: secret, XAPI_HOME: home } = read;
  if (endpoint === undefined) return undefined;
  if (!key || !secret || !home)
    throw new Error('Invalid environment:\nXAPI_ENDPOINT needs XAPI_KEY, XAPI_SECRET and XAPI_HOME beside it.');
  const settleMs = Math.round(read.XAPI_SETTLE_MINUTES * 60_000);
  return { endpoint: withoutSlash(endpoint), key, secret, home: withoutSlash(home), settleMs };
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

/** @throws {Error} naming every variable that is missing or wrong. */
export function readApiConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const read = parse(ApiEnvironment, env);
  return {
    ...configOf(read),
    playSigningKey: read.PLAY_SIGNING_KEY,
    bundleKey: read.BUNDLE_KEY,
    adminPassword: read.ADMIN_PASSWORD,
    host: read.HOST,
    port: read.PORT,
    screensRoot: read.SCREENS_ROOT,
    publicUrl: read.PUBLIC_URL,
    secureCookies: read.SECURE_COOKIES,
    trustProxy: read.TRUST_PROXY,
    ingestThread: read.INGEST_THREAD,
    ingestLimits: ingestLimitsOf(read),
    uploadMaxBytes: read.UPLOAD_MAX_BYTES,
    uploadExpiryMs: read.UPLOAD_EXPIRY_HOURS * 3_600_000,
  };
}

function parse<T>(schema: z.ZodType<T>, env: NodeJS.ProcessEnv): T {
  const result = schema.safeParse(env);
  if (!result.success) throw new Error(`Invalid environment:\n${z.prettifyError(result.error)}`);
  return result.data;
}

const configOf = (read: z.infer<typeof Environment>): Config => ({
  databaseUrl: read.DATABASE_URL,
  redisUrl: read.REDIS_URL,
  mediaRoot: read.MEDIA_ROOT,
  bucket: read.S3_BUCKET ? { name: read.S3_BUCKET, region: read.S3_REGION, endpoint: read.S3_ENDPOINT } : undefined,
  originalsCacheBytes: read.ORIGINALS_CACHE_BYTES,
});
