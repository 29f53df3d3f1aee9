import { createHash } from 'node:crypto';
import {
  NEW_REGISTRATION,
  tell,
  videoExtensions as ext,
  videoVerbs,
  type Interval,
  type Piece,
  type Registration,
  type Statement,
  type Subject,
  type VideoVerb,
} from '#libs/domain';

const uuidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
export const subject: Subject = {
  home: 'https://lectern.example',
  sessionId: '019b0000-0000-7000-8000-000000000001',
  learnerId: '019b0000-0000-7000-8000-000000000002',
  editionId: '019b0000-0000-7000-8000-000000000003',
  lectureId: '019b0000-0000-7000-8000-000000000004',
  title: 'Wells',
  language: 'zh-CN',
  lengthMs: 600_000,
  grade: null,
};
export const noon = Date.UTC(2026, 2, 3, 12);
export const piece = (fromMs: number, toMs: number, atMs: number, rate = 1): Piece => {
  return { fromMs, toMs, rate, wallFromMs: noon + atMs, wallToMs: noon + atMs + Math.ceil((toMs - fromMs) / rate) };
};
export const say = (pieces: readonly Piece[], before: Registration = NEW_REGISTRATION, of: Partial<Subject> = {}) =>
  tell({ ...subject, ...of }, pieces, before, uuidOf);

export const verbOf = ({ verb }: Statement) =>
  Object.entries(videoVerbs).find(([, id]) => id === verb.id)?.[0] as VideoVerb;
export const verbs = (statements: readonly Statement[]) => statements.map(verbOf);
export const result = (statement: Statement | undefined, name: keyof typeof ext) =>
  statement?.result?.extensions?.[ext[name]];
export const GRAMMAR = /^(\d+(\.\d{1,3})?\[\.\]\d+(\.\d{1,3})?)(\[,\]\d+(\.\d{1,3})?\[\.\]\d+(\.\d{1,3})?)*$/;
export const segmentsIn = (statement: Statement): Interval[] =>
  String(result(statement, 'playedSegments'))
    .split('[,]')
    .map((part) => part.split('[.]').map((bound) => Math.round(Number(bound) * 1000)))
    .map(([from = NaN, to = NaN]) => [from, to]);
