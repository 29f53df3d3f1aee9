import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { type HlsAsset, initUri, pieces, playedUris } from './asset.js';
import { attributesOf, lines } from './playlist-text.js';

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** What is asked of one segment and one playlist besides the plain files. */
export type Question = 'packed playlist' | 'head' | 'part' | 'beyond' | 'unchanged' | 'missing' | 'without a right';

/** A stream as ffprobe describes it. */
export type ProbedStream = Readonly<Record<string, string | number | undefined>>;

/** A published edition as it was fetched, as any client would fetch it: by its one address. */
export interface DownloadedAsset extends HlsAsset {
  /** By URI as a playlist has it; of a byte range by `{uri}#{range}`; the multivariant playlist by ''. */
  readonly answers: ReadonlyMap<string, Answer>;
  readonly questions: ReadonlyMap<Question, Answer>;
  /** What is in each joined rendition, by the URI of its playlist. */
  readonly streams: ReadonlyMap<string, readonly ProbedStream[]>;
}

/** Follows no redirect. */
export async function ask(url: URL, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { 'accept-encoding': 'identity', ...headers },
  });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: new Map(response.headers), body };
}

export async function download(playlistUrl: string): Promise<DownloadedAsset> {
  const top = new URL(playlistUrl);
  const answer = await ask(top);
  const asset = {
    multivariant: answer.body.toString(),
    media: new Map<string, string>(),
    bytes: new Map<string, number>(),
    answers: new Map([['', answer]]),
  };
  for (const uri of new Set(named(asset.multivariant))) await downloadPlaylist(asset, uri, top);
  return { ...asset, questions: await question(asset, top), streams: await probe(asset) };
}

interface Draft extends HlsAsset {
  readonly media: Map<string, string>;
  readonly bytes: Map<string, number>;
  readonly answers: Map<string, Answer>;
}

/** A playlist with every file and every part of one that it names. */
async function downloadPlaylist(draft: Draft, uri: string, top: URL): Promise<void> {
  const address = new URL(uri, top);
  const answer = await ask(address);
  draft.answers.set(uri, answer);
  draft.media.set(uri, answer.body.toString());
  for (const file of named(answer.body.toString())) {
    const found = draft.answers.get(file) ?? (await ask(new URL(file, address)));
    draft.answers.set(file, found);
    draft.bytes.set(file, found.body.length);
  }
  for (const { uri: file, range } of pieces(draft, uri)) {
    if (range) draft.answers.set(`${file}#${range}`, await ask(new URL(file, address), { range: headerOf(range) }));
  }
}

/** Every address in a playlist. */
const named = (playlist: string): string[] => [
  ...lines(playlist).filter((line) => !line.startsWith('#')),
  ...['#EXT-X-MEDIA', '#EXT-X-I-FRAME-STREAM-INF', '#EXT-X-MAP'].flatMap((tag) =>
    attributesOf(playlist, tag).flatMap((line) => line.get('URI') ?? []),
  ),
];

const headerOf = (range: string): string => {
  const [length = 0, offset = 0] = range.split('@').map(Number);
  return `bytes=${offset}-${offset + length - 1}`;
};

type Fetched = Pick<DownloadedAsset, keyof HlsAsset | 'answers'>;

async function question(asset: Fetched, top: URL): Promise<Map<Question, Answer>> {
  const [playlist = ''] = playedUris(asset);
  const [piece] = pieces(asset, playlist);
  const segment = new URL(piece?.uri ?? '', top);
  const etag = asset.answers.get(piece?.uri ?? '')?.headers.get('etag') ?? '';
  const missing = new URL(segment);
  missing.pathname = missing.pathname.replace(/[0-9a-f]{64}/, '0'.repeat(64));
  const bare = new URL(segment);
  bare.search = '';
  return new Map([
    ['packed playlist', await ask(top, { 'accept-encoding': 'gzip' })],
    ['head', await ask(segment, {}, 'HEAD')],
    ['part', await ask(segment, { range: 'bytes=4-103' })],
    ['beyond', await ask(segment, { range: 'bytes=999999999-' })],
    ['unchanged', await ask(segment, { 'if-none-match': `W/${etag}` })],
    ['missing', await ask(missing)],
    ['without a right', await ask(bare)],
  ]);
}

/** The initialisation section and all segments of a playlist, as one file. */
export const joined = (asset: Fetched, uri: string): Buffer =>
  Buffer.concat(
    [initUri(asset, uri), ...pieces(asset, uri).map((piece) => piece.uri)].flatMap(
      (file) => asset.answers.get(file)?.body ?? [],
    ),
  );

async function probe(asset: Fetched): Promise<Map<string, ProbedStream[]>> {
  const probed = playedUris(asset).map(async (uri) => [uri, await streamsOf(joined(asset, uri))] as const);
  return new Map(await Promise.all(probed));
}

async function streamsOf(file: Buffer): Promise<ProbedStream[]> {
  const child = spawn('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', 'pipe:0'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // ffprobe reads no more than it needs.
  child.stdin.on('error', () => undefined).end(file);
  return (JSON.parse(await text(child.stdout)) as { streams: ProbedStream[] }).streams;
}
