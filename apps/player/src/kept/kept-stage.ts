import type { CourseView, LectureView, ManifestTrack } from '#libs/contracts';
import type { KeptManifest } from './keep-quality.js';
import type { KeptLecture } from './kept-lecture.js';

const picture = { kind: 'video', codecs: 'avc1.64001f', timescale: 1000, frameRate: 25, channels: null } as const;
const durationTicks = [6000, 4000];
const tracks: ManifestTrack[] = [
  { ...picture, name: '720p', width: 1280, height: 720, init: 0, segments: [1, 2], durationTicks },
  { ...picture, name: '240p', width: 426, height: 240, init: 3, segments: [4, 5], durationTicks },
  {
    ...{ kind: 'audio', name: 'audio', codecs: 'mp4a.40.2', timescale: 1000, channels: 2 },
    ...{ width: null, height: null, frameRate: null, init: 6, segments: [7, 8], durationTicks },
  },
];
const bytes = [10, 1000, 1000, 10, 100, 100, 10, 50, 50, 5, 3];
const name = (place: number) => `${'0'.repeat(62)}${String(place).padStart(2, '0')}`;

/** What the specs of keeping share: two pictures and the sound of ten seconds, with a poster and captions. */
export const manifest: KeptManifest = {
  ...{ editionId: 'edition', lectureId: 'lecture', durationMs: 10_000, language: 'zh-CN', tracks },
  blobs: bytes.map((size, place) => ({ name: `${name(place)}.bin`, sha256: name(place), bytes: size })),
  captions: [{ language: 'zh', label: '中文', blob: 10 }],
  stills: [
    { kind: 'poster', fromMs: 0, width: 640, height: 360, tileMs: null, tileWidth: null, tileHeight: null, blob: 9 },
  ],
};

export const keptLecture = (title: string, course: Partial<CourseView> & { id: string }): KeptLecture => ({
  lectureId: title,
  owners: ['person:ana'],
  quality: 'best',
  lecture: {
    id: title,
    title,
    courseId: course.id,
    courseTitle: course.title ?? '',
    position: 0,
    categoryId: null,
    selected: false,
  } as LectureView,
  course: { title: '', categoryId: null, selected: false, ...course } as CourseView,
  manifest,
  keptBytes: 0,
  isWhole: true,
  isPinned: false,
  isReleased: false,
  trouble: undefined,
  addedAtMs: 0,
  usedAtMs: 0,
  seen: [],
});
