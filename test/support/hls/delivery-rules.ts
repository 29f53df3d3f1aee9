import { iframeUris, initUri, pieces, playedUris, subtitleUris } from './asset.js';
import type { Answer, DownloadedAsset, Question } from './download.js';
import { failing, type HlsRule, unless } from './rule.js';

type Rule = HlsRule<DownloadedAsset>;

const header = (answer: Answer | undefined, name: string): string => answer?.headers.get(name) ?? '';
const type = ({ answers }: DownloadedAsset, uri: string): string => header(answers.get(uri), 'content-type');
const pathOf = (uri: string): string => new URL(uri, 'http://any/').pathname;
const files = (asset: DownloadedAsset, uris: readonly string[]): string[] =>
  uris.flatMap((uri) => pieces(asset, uri).map((piece) => piece.uri));
const segments = (asset: DownloadedAsset): string[] => files(asset, playedUris(asset));
const firstSegment = (asset: DownloadedAsset): Answer | undefined => asset.answers.get(segments(asset)[0] ?? '');
const to = ({ questions }: DownloadedAsset, question: Question): Answer | undefined => questions.get(question);
const refusals: readonly Question[] = ['missing', 'without a right', 'beyond'];
const kept = ['etag', 'cache-control', 'accept-ranges', 'access-control-allow-origin'];
/** Seconds that a shared cache may keep an answer without asking again. */
const maxAge = (answer: Answer | undefined): number => {
  const policy = header(answer, 'cache-control');
  return /no-store|private/.test(policy) ? 0 : Number(/max-age=(\d+)/.exec(policy)?.[1] ?? 0);
};

/** The lines of STANDARDS 1.3 and 1.9 that the server keeps or breaks. */
export const deliveryRules: readonly Rule[] = [
  {
    id: 'HLS-S02',
    says: 'playlists end in .m3u8 and are of the type of playlists',
    broken: (asset) => [
      ...failing(['', ...asset.media.keys()], (uri) => type(asset, uri).startsWith('application/vnd.apple.mpegurl')),
      ...failing([...asset.media.keys()], (uri) => pathOf(uri).endsWith('.m3u8')),
    ],
  },
  {
    id: 'HLS-M09',
    says: 'no request is redirected',
    broken: ({ answers }) => failing([...answers.keys()], (uri) => (answers.get(uri)?.status ?? 399) < 300),
  },
  {
    id: 'HLS-D01',
    says: 'playlists are compressed for those who take it, and segments for nobody',
    broken: (asset) => [
      ...unless(header(to(asset, 'packed playlist'), 'content-encoding') === 'gzip', 'not compressed'),
      ...unless(/accept-encoding/i.test(header(to(asset, 'packed playlist'), 'vary')), 'Vary does not say so'),
      ...unless(to(asset, 'packed playlist')?.body.toString() === asset.multivariant, 'another text'),
      ...failing(segments(asset), (uri) => header(asset.answers.get(uri), 'content-encoding') === ''),
    ],
  },
  {
    id: 'HLS-D02',
    says: 'every file is of its type',
    broken: (asset) => [
      ...failing(segments(asset), (uri) => type(asset, uri) === 'video/iso.segment'),
      ...failing(
        playedUris(asset).map((uri) => initUri(asset, uri)),
        (uri) => type(asset, uri) === 'video/mp4',
      ),
      ...failing(files(asset, subtitleUris(asset)), (uri) => type(asset, uri).startsWith('text/vtt')),
    ],
  },
  {
    id: 'HLS-D03',
    says: 'addresses name no title and are worth nothing without the right to play',
    broken: (asset) => [
      ...failing([...segments(asset), ...asset.media.keys()], (uri) => /[?&]token=/.test(uri)),
      ...failing(segments(asset), (uri) => /^\/media\/[0-9a-f-]{36}\/[0-9a-f]{64}\.m4s$/.test(pathOf(uri))),
      ...unless(to(asset, 'without a right')?.status === 403, 'played without a right'),
    ],
  },
  {
    id: 'HLS-D04',
    says: 'what is listed is there at once and whole; what is not there is 404',
    broken: (asset) => [
      ...failing(
        [...segments(asset), ...files(asset, iframeUris(asset)), ...files(asset, subtitleUris(asset))],
        (uri) => {
          const answer = asset.answers.get(uri);
          return answer?.status === 200 && answer.body.length > 0;
        },
      ),
      ...unless(to(asset, 'missing')?.status === 404, 'no 404'),
    ],
  },
  {
    id: 'HTTP-01',
    says: 'HEAD has the headers of GET: length, ranges, a strong tag',
    broken: (asset) => [
      ...failing(
        [...kept, 'content-length', 'content-type'],
        (name) =>
          header(to(asset, 'head'), name) === header(firstSegment(asset), name) &&
          header(to(asset, 'head'), name) !== '',
      ),
      ...unless(header(firstSegment(asset), 'accept-ranges') === 'bytes', 'no ranges'),
      ...unless(/^"[^"]+"$/.test(header(firstSegment(asset), 'etag')), 'a weak tag'),
    ],
  },
  {
    id: 'HTTP-02',
    says: 'a part is 206 with its place and its bytes; what lies beyond is 416 with the length',
    broken: (asset) => {
      const whole = firstSegment(asset)?.body ?? Buffer.alloc(0);
      const part = to(asset, 'part');
      return [
        ...unless(part?.status === 206 && part.body.equals(whole.subarray(4, 104)), 'not the part'),
        ...unless(header(part, 'content-range') === `bytes 4-103/${whole.length}`, 'not its place'),
        ...unless(to(asset, 'beyond')?.status === 416, 'not refused'),
        ...unless(header(to(asset, 'beyond'), 'content-range') === `bytes */${whole.length}`, 'not its length'),
      ];
    },
  },
  {
    id: 'HTTP-03',
    says: 'what has not changed is 304 with the headers of the 200, also to a weak tag',
    broken: (asset) => [
      ...unless(to(asset, 'unchanged')?.status === 304, 'sent again'),
      ...failing(
        kept.filter((name) => name !== 'accept-ranges'),
        (name) => header(to(asset, 'unchanged'), name) === header(firstSegment(asset), name),
      ),
    ],
  },
  {
    id: 'HTTP-04',
    says: 'segments are kept for ever, playlists privately, refusals by nobody',
    broken: (asset) => [
      ...failing(segments(asset), (uri) =>
        /^(public|private), max-age=31536000, immutable$/.test(header(asset.answers.get(uri), 'cache-control')),
      ),
      ...failing(['', ...asset.media.keys()], (uri) =>
        /private|no-store/.test(header(asset.answers.get(uri), 'cache-control')),
      ),
      ...failing(refusals, (name) => maxAge(to(asset, name)) <= 10),
      ...failing(['ETag', 'Content-Range', 'Content-Length'], (name) =>
        header(firstSegment(asset), 'access-control-expose-headers').includes(name),
      ),
    ],
  },
];
