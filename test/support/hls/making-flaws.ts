import { type HlsAsset, iframeUris, initUri, pictureUris, pieces, soundUris, subtitleUris } from './asset.js';
import { boxAt } from './boxes.js';
import type { Answer, DownloadedAsset, ProbedStream, Question } from './download.js';

export type Change = (asset: DownloadedAsset) => DownloadedAsset;

/** What breaks a rule: the rule must find it. */
export interface Flaw {
  readonly id: string;
  readonly what: string;
  readonly made: Change;
}

export type Which = (asset: HlsAsset) => string;
export const picture: Which = (asset) => pictureUris(asset)[0] ?? '';
export const otherPicture: Which = (asset) => pictureUris(asset)[1] ?? '';
export const sound: Which = (asset) => soundUris(asset)[0] ?? '';
export const captions: Which = (asset) => subtitleUris(asset)[0] ?? '';
export const iframes: Which = (asset) => iframeUris(asset)[0] ?? '';
export const init: Which = (asset) => initUri(asset, picture(asset));
export const segment: Which = (asset) => pieces(asset, picture(asset))[1]?.uri ?? '';
export const soundSegment: Which = (asset) => pieces(asset, sound(asset))[0]?.uri ?? '';
export const captionFile: Which = (asset) => pieces(asset, captions(asset))[0]?.uri ?? '';
export const iframe: Which = (asset) =>
  pieces(asset, iframes(asset)).map(({ uri, range = '' }) => `${uri}#${range}`)[0] ?? '';

export const inMultivariant =
  (from: string | RegExp, to: string): Change =>
  (asset) => ({ ...asset, multivariant: asset.multivariant.replace(from, to) });
export const inPlaylist =
  (which: Which, from: string | RegExp, to: string): Change =>
  (asset) => {
    const text = (asset.media.get(which(asset)) ?? '').replace(from, to);
    return { ...asset, media: new Map([...asset.media, [which(asset), text]]) };
  };
export const changed = (
  asset: DownloadedAsset,
  uri: string,
  change: (answer: Answer) => Partial<Answer>,
): DownloadedAsset => {
  const answer = asset.answers.get(uri);
  if (!answer) throw new Error(`Nothing was fetched from ${uri}`);
  return { ...asset, answers: new Map([...asset.answers, [uri, { ...answer, ...change(answer) }]]) };
};
export const inAnswer =
  (which: Which, change: Partial<Answer>): Change =>
  (asset) =>
    changed(asset, which(asset), () => change);
export const withHeader =
  (which: Which, name: string, value: string): Change =>
  (asset) =>
    changed(asset, which(asset), ({ headers }) => ({ headers: new Map([...headers, [name, value]]) }));
export const inFile =
  (which: Which, patch: (file: Buffer) => void): Change =>
  (asset) =>
    changed(asset, which(asset), ({ body }) => {
      const file = Buffer.from(body);
      patch(file);
      return { body: file };
    });
/** Writes one byte of a box's content. */
export const inBox = (which: Which, path: string, offset: number, byte: number): Change =>
  inFile(which, (file) => {
    const box = boxAt(file, path);
    if (!box) throw new Error(`There is no ${path}`);
    file.writeUInt8(byte, box.start + offset);
  });
export const renamed = (which: Which, path: string, type: string): Change =>
  inFile(which, (file) => file.write(type, (boxAt(file, path)?.at ?? 0) + 4, 'latin1'));
export const inStream =
  (which: Which, change: ProbedStream): Change =>
  (asset) => {
    const streams = asset.streams.get(which(asset))?.map((stream) => ({ ...stream, ...change })) ?? [];
    return { ...asset, streams: new Map([...asset.streams, [which(asset), streams]]) };
  };
export const inQuestion =
  (name: Question, change: Partial<Answer>): Change =>
  (asset) => {
    const answer = asset.questions.get(name);
    if (!answer) throw new Error(`${name} was not asked`);
    return { ...asset, questions: new Map([...asset.questions, [name, { ...answer, ...change }]]) };
  };
export const none: Answer['headers'] = new Map();

export const flaw = (id: string, what: string, made: Change): Flaw => ({ id, what, made });
