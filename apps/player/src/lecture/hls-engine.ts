import Hls, { type ErrorData, type Level, type ManifestParsedData } from 'hls.js';
import { AUTO, SOUND_ONLY, type Engine, type EngineEvents, type Quality, type Trouble } from './engine.js';
import { underToken } from './play-token.js';

/** Until a link is measured it is taken for a village's, so that the first picture comes soon. */
const FIRST_ESTIMATE_BPS = 1_000_000;

export const canPlayHls = (): boolean => Hls.isSupported();

/** Plays by hls.js from `startMs`. */
export function openHls(video: HTMLVideoElement, playlistUrl: string, startMs: number, events: EngineEvents): Engine {
  const playback = new HlsPlayback(video, playlistUrl, startMs, events);
  return {
    choose: (quality) => playback.choose(quality),
    renew: (url) => playback.renew(url),
    resume: () => playback.resume(),
    close: () => playback.close(),
  };
}

class HlsPlayback {
  private readonly hls: Hls;
  private isLoaded = false;
  private quality: Quality = AUTO;
  private soundUrl: string | undefined;

  constructor(
    private readonly video: HTMLVideoElement,
    private playlistUrl: string,
    startMs: number,
    private readonly events: EngineEvents,
  ) {
    this.hls = new Hls({
      startPosition: startMs / 1000,
      capLevelToPlayerSize: true,
      maxBufferLength: 30,
      maxMaxBufferLength: 60,
      abrEwmaDefaultEstimate: FIRST_ESTIMATE_BPS,
      enableWorker: true,
      xhrSetup: (xhr, url) => xhr.open('GET', this.underNewestToken(url), true),
    });
    this.hls.on(Hls.Events.MANIFEST_PARSED, (_event, data) => this.welcome(data));
    this.hls.on(Hls.Events.FRAG_LOADED, events.onFlow);
    this.hls.on(Hls.Events.ERROR, (_event, data) => this.report(data));
    this.hls.attachMedia(video);
    this.hls.loadSource(playlistUrl);
  }

  choose(quality: Quality): void {
    const isSourceAnother = (quality === SOUND_ONLY) !== (this.quality === SOUND_ONLY);
    this.quality = quality;
    if (isSourceAnother) this.changeSource();
    else this.applyLevel();
  }

  renew(playlistUrl: string): void {
    this.playlistUrl = playlistUrl;
  }

  resume(): void {
    if (this.isLoaded) this.hls.startLoad(this.video.currentTime);
    else this.hls.loadSource(this.playlistUrl);
  }

  close(): void {
    this.hls.destroy();
  }

  private welcome({ levels, audioTracks }: ManifestParsedData): void {
    this.isLoaded = true;
    if (this.quality === SOUND_ONLY) return;
    this.soundUrl = audioTracks[0]?.url;
    this.events.onQualities(qualitiesOf(levels, this.soundUrl !== undefined));
    this.applyLevel();
  }

  /** -1, of a quality that is none of the heights, lets hls.js choose. */
  private applyLevel(): void {
    const level = this.hls.levels.findIndex(({ height }) => String(height) === this.quality);
    if (level !== this.hls.nextLevel) this.hls.nextLevel = level;
  }

  /** hls.js leaves a variant of sound alone out of its levels, so it is played as a source of its own. */
  private changeSource(): void {
    const isPlaying = !this.video.paused;
    const source = this.quality === SOUND_ONLY ? this.soundUrl : this.playlistUrl;
    if (source === undefined) return;
    this.hls.config.startPosition = this.video.currentTime;
    this.hls.loadSource(this.underNewestToken(source));
    // A new source pauses the element.
    if (isPlaying) this.hls.once(Hls.Events.MANIFEST_PARSED, () => void this.video.play().catch(() => undefined));
  }

  private report(data: ErrorData): void {
    const trouble = troubleOf(data);
    if (trouble === 'media' && data.fatal) this.hls.recoverMediaError();
    if (trouble && (data.fatal || trouble === 'token')) this.events.onTrouble(trouble);
  }

  private underNewestToken(url: string): string {
    return underToken(url, this.playlistUrl, location.href);
  }
}

function qualitiesOf(levels: readonly Level[], hasSound: boolean): Quality[] {
  const heights = [...new Set(levels.map(({ height }) => height))].sort((a, b) => b - a);
  return [AUTO, ...heights.map(String), ...(hasSound ? [SOUND_ONLY] : [])];
}

function troubleOf({ type, response }: ErrorData): Trouble | undefined {
  if (type === Hls.ErrorTypes.MEDIA_ERROR) return 'media';
  if (type !== Hls.ErrorTypes.NETWORK_ERROR) return undefined;
  return response?.code === 401 || response?.code === 403 ? 'token' : 'no-link';
}
