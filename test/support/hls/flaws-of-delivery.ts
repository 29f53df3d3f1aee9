import { pieces } from './asset.js';
import {
  type Flaw,
  picture,
  sound,
  segment,
  inPlaylist,
  inAnswer,
  withHeader,
  inQuestion,
  none,
  flaw,
} from './making-flaws.js';

export const flawsOfDelivery: readonly Flaw[] = [
  flaw('HLS-S02', 'another type', withHeader(sound, 'content-type', 'text/plain')),
  flaw('HLS-M09', 'a redirect', inAnswer(segment, { status: 302 })),
  flaw('HLS-D01', 'a playlist that is not compressed', inQuestion('packed playlist', { headers: none })),
  flaw('HLS-D01', 'a segment that is', withHeader(segment, 'content-encoding', 'gzip')),
  flaw('HLS-D02', 'another type', withHeader(segment, 'content-type', 'application/octet-stream')),
  flaw('HLS-D03', 'an address that names the lecture', inPlaylist(picture, /[0-9a-f]{64}\.m4s/, 'soil.m4s')),
  flaw('HLS-D03', 'a segment for everybody', inQuestion('without a right', { status: 200 })),
  flaw('HLS-D04', 'a segment that is not there', inAnswer(segment, { status: 404 })),
  flaw('HTTP-01', 'HEAD without a length', inQuestion('head', { headers: none })),
  flaw('HTTP-01', 'a weak tag', (asset) =>
    withHeader((all) => pieces(all, picture(all))[0]?.uri ?? '', 'etag', 'W/"x"')(asset),
  ),
  flaw('HTTP-02', 'the whole for a part', inQuestion('part', { status: 200 })),
  flaw('HTTP-02', 'other bytes', inQuestion('part', { body: Buffer.alloc(100) })),
  flaw('HTTP-02', 'no length where nothing is', inQuestion('beyond', { headers: none })),
  flaw('HTTP-03', 'what is known sent again', inQuestion('unchanged', { status: 200 })),
  flaw('HTTP-03', 'a 304 without its headers', inQuestion('unchanged', { headers: none })),
  flaw('HTTP-04', 'segments that are not kept', withHeader(segment, 'cache-control', 'no-store')),
  flaw('HTTP-04', 'playlists for everybody', withHeader(picture, 'cache-control', 'public, max-age=60')),
  flaw(
    'HTTP-04',
    'a refusal that is kept',
    inQuestion('missing', { headers: new Map([['cache-control', 'max-age=600']]) }),
  ),
];
