/** Verbs of the xAPI Video Profile 1.0.3 (its IRIs are case-sensitive words, not addresses). */
export const videoVerbs = {
  initialized: 'http://adlnet.gov/expapi/verbs/initialized',
  played: 'https://w3id.org/xapi/video/verbs/played',
  paused: 'https://w3id.org/xapi/video/verbs/paused',
  seeked: 'https://w3id.org/xapi/video/verbs/seeked',
  interacted: 'http://adlnet.gov/expapi/verbs/interacted',
  completed: 'http://adlnet.gov/expapi/verbs/completed',
  terminated: 'http://adlnet.gov/expapi/verbs/terminated',
} as const;
export type VideoVerb = keyof typeof videoVerbs;

export const VIDEO_TYPE = 'https://w3id.org/xapi/video/activity-type/video';
export const VIDEO_PROFILE = 'https://w3id.org/xapi/video';

const extension = <N extends string>(name: N) => `https://w3id.org/xapi/video/extensions/${name}` as const;
export const videoExtensions = {
  time: extension('time'),
  timeFrom: extension('time-from'),
  timeTo: extension('time-to'),
  progress: extension('progress'),
  playedSegments: extension('played-segments'),
  length: extension('length'),
  completionThreshold: extension('completion-threshold'),
  sessionId: extension('session-id'),
  speed: extension('speed'),
} as const;

/** Of a hall: how sure we are that this learner was there (A, B or C). Under the house's own address. */
export const EVIDENCE_GRADE = '/xapi/extensions/evidence-grade';

export type Extensions = Readonly<Record<string, string | number>>;
type LanguageMap = Readonly<Record<string, string>>;

/** A statement (xAPI 1.0.3, part 2) as far as we make them. */
export interface Statement {
  readonly id: string;
  readonly actor: {
    readonly objectType: 'Agent';
    readonly account: { readonly homePage: string; readonly name: string };
  };
  readonly verb: { readonly id: string; readonly display: LanguageMap };
  readonly object: {
    readonly objectType: 'Activity';
    readonly id: string;
    readonly definition: { readonly type: string; readonly name: LanguageMap };
  };
  readonly result?: {
    readonly completion?: true;
    readonly duration?: string;
    readonly extensions?: Extensions;
  };
  readonly context: {
    readonly registration: string;
    readonly platform: string;
    readonly contextActivities: { readonly category: readonly [{ readonly id: string }] };
    readonly extensions: Extensions;
  };
  readonly timestamp: string;
}

/** What the verbs are called, for people who read an LRS. */
export const verbNames: Readonly<Record<VideoVerb, LanguageMap>> = {
  initialized: { en: 'initialized', 'zh-CN': '打开' },
  played: { en: 'played', 'zh-CN': '播放' },
  paused: { en: 'paused', 'zh-CN': '暂停' },
  seeked: { en: 'seeked', 'zh-CN': '跳转' },
  interacted: { en: 'interacted', 'zh-CN': '调整' },
  completed: { en: 'completed', 'zh-CN': '完成' },
  terminated: { en: 'terminated', 'zh-CN': '结束' },
};
