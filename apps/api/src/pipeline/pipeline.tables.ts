import type { EditionUnderWay, PipelineJob, PipelineRendition, QueueDepth, WorkerView } from '#libs/contracts';
import type { Headings, Line } from '../http/csv.js';
import type { Language } from '../http/language.js';

/** What machines say in one word, for people who read a table. */
const words = {
  probe: { en: 'examine the file', zh: '检查文件' },
  chunk: { en: 'encode the picture', zh: '视频转码' },
  audio: { en: 'encode the sound', zh: '音频转码' },
  stills: { en: 'take stills', zh: '截取画面' },
  publish: { en: 'publish', zh: '发布' },
  waiting: { en: 'waiting', zh: '等待' },
  running: { en: 'running', zh: '进行中' },
  done: { en: 'done', zh: '完成' },
  failed: { en: 'failed', zh: '失败' },
  video: { en: 'video', zh: '视频' },
  sound: { en: 'audio', zh: '音频' },
} as const;

export const jobHeadings = {
  kind: { en: 'Step', zh: '步骤' },
  part: { en: 'Part', zh: '段' },
  from_ms: { en: 'From (ms)', zh: '起点（毫秒）' },
  to_ms: { en: 'To (ms)', zh: '终点（毫秒）' },
  state: { en: 'State', zh: '状态' },
  progress: { en: 'Progress (0 to 1)', zh: '进度（0 至 1）' },
  attempts: { en: 'Attempts', zh: '尝试次数' },
  run_ms: { en: 'Run time (ms)', zh: '运行时间（毫秒）' },
  speed: { en: 'Speed (times real time)', zh: '速度（倍速）' },
  cpu_ms: { en: 'CPU time (ms)', zh: '处理器用时（毫秒）' },
  bytes: { en: 'Bytes', zh: '字节数' },
  host: { en: 'Machine', zh: '机器' },
  worker: { en: 'Worker', zh: '转码进程' },
  watchable: { en: 'Can be watched', zh: '可观看' },
  failure: { en: 'Failure', zh: '失败原因' },
  code: { en: 'Failure code', zh: '失败代码' },
  detail: { en: 'Failure detail', zh: '失败详情' },
} as const satisfies Headings<string>;

export const jobLine = (job: PipelineJob, language: Language): Line<keyof typeof jobHeadings> => ({
  kind: words[job.kind][language],
  part: job.kind === 'chunk' ? job.chunkIndex + 1 : null,
  from_ms: job.fromMs,
  to_ms: job.toMs,
  state: words[job.state][language],
  progress: job.progress,
  attempts: job.attempts,
  run_ms: job.runMs,
  speed: job.speed,
  cpu_ms: job.cpuMs,
  bytes: job.bytes,
  watchable: job.kind === 'chunk' ? job.watchable : null,
  ...(job.worker ? { host: job.worker.host, worker: job.worker.id } : {}),
  ...(job.failure ? { failure: job.failure.title, code: job.failure.code, detail: job.failure.detail } : {}),
});

export const renditionHeadings = {
  name: { en: 'Rendition', zh: '名称' },
  encode: { en: 'Encode', zh: '转码次第' },
  kind: { en: 'Kind', zh: '类型' },
  width: { en: 'Width', zh: '宽' },
  height: { en: 'Height', zh: '高' },
  bytes: { en: 'Bytes', zh: '字节数' },
} as const satisfies Headings<string>;

export const renditionLine = (
  { kind, ...rendition }: PipelineRendition,
  language: Language,
): Line<keyof typeof renditionHeadings> => ({
  ...rendition,
  kind: words[kind === 'audio' ? 'sound' : 'video'][language],
});

export const editionHeadings = {
  place: { en: 'Place in line', zh: '排队次序' },
  lecture: { en: 'Lecture', zh: '讲座' },
  edition: { en: 'Edition', zh: '版本' },
  encode: { en: 'Encode', zh: '转码次第' },
  library: { en: 'Library', zh: '资源库' },
  uploader: { en: 'Uploaded by', zh: '上传者' },
  priority: { en: 'Priority', zh: '优先级' },
  paused: { en: 'Paused', zh: '已暂停' },
  progress: { en: 'Progress (0 to 1)', zh: '进度（0 至 1）' },
  watchable: { en: 'Can be watched', zh: '可观看' },
  created: { en: 'Uploaded at', zh: '上传时间' },
} as const satisfies Headings<string>;

export const editionLine = (edition: EditionUnderWay): Line<keyof typeof editionHeadings> => ({
  place: edition.place,
  lecture: edition.lectureTitle,
  edition: edition.number,
  encode: edition.encode,
  library: edition.unitName,
  uploader: edition.uploader,
  priority: edition.priority,
  paused: edition.paused,
  progress: edition.progress,
  watchable: edition.watchable,
  created: edition.createdAt,
});

export const queueHeadings = {
  kind: { en: 'Step', zh: '步骤' },
  waiting: { en: 'Waiting', zh: '等待' },
  running: { en: 'Running', zh: '进行中' },
  failed: { en: 'Failed', zh: '失败' },
  oldest_wait_ms: { en: 'Oldest wait (ms)', zh: '最长等待（毫秒）' },
} as const satisfies Headings<string>;

export const queueLine = (queue: QueueDepth, language: Language): Line<keyof typeof queueHeadings> => ({
  kind: words[queue.kind][language],
  waiting: queue.waiting,
  running: queue.running,
  failed: queue.failed,
  oldest_wait_ms: queue.oldestWaitMs,
});

export const workerHeadings = {
  host: { en: 'Machine', zh: '机器' },
  worker: { en: 'Worker', zh: '转码进程' },
  cores: { en: 'Cores', zh: '核心数' },
  started: { en: 'Started at', zh: '启动时间' },
  beat_age_ms: { en: 'Since last heard of (ms)', zh: '距上次联系（毫秒）' },
  missing: { en: 'Missing protections', zh: '缺少的保护' },
  doing: { en: 'Works on', zh: '正在处理' },
} as const satisfies Headings<string>;

export const workerLine = (worker: WorkerView, language: Language): Line<keyof typeof workerHeadings> => ({
  host: worker.host,
  worker: worker.id,
  cores: worker.cores,
  started: worker.startedAt,
  beat_age_ms: worker.beatAgeMs,
  missing: worker.missingProtections.join('; '),
  doing: worker.jobs.map(({ lectureTitle, kind }) => `${lectureTitle}: ${words[kind][language]}`).join('; '),
});
