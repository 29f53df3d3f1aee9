/** An exact ratio: frames a second, or the shape of a pixel. */
export interface Ratio {
  readonly num: number;
  readonly den: number;
}

/** What the probe found in the video track that will be shown. */
export interface VideoFacts {
  /** Of the stream in its file. */
  readonly index: number;
  readonly codec: string;
  readonly pixelFormat: string;
  /** As coded, before rotation and pixel shape. */
  readonly width: number;
  readonly height: number;
  readonly pixelShape: Ratio;
  /** Clockwise, to be applied for showing. */
  readonly rotation: 0 | 90 | 180 | 270;
  readonly interlaced: boolean;
  readonly transfer: 'sdr' | 'pq' | 'hlg';
  readonly matrix: 'bt601' | 'bt709' | 'bt2020';
  readonly fullRange: boolean;
  readonly packets: number;
  /** Packets a second over the whole track. */
  readonly averageRate: number;
  /** The steady rate it is encoded at: the source's own, or a sensible one for a source without. At most 60. */
  readonly frameRate: Ratio;
  /** Whether the source's frames come at uneven times. */
  readonly variable: boolean;
  /** Whether most frames repeat the one before, as slides and screens do. */
  readonly still: boolean;
  /** The same for every segment of the grid: `1` where it is still, else `0`. */
  readonly stillSegments: string;
  /** Where decoding may begin, ascending, ms on the edition's clock; none when the source cannot be sought. */
  readonly seekPointsMs: readonly number[];
  /** On the edition's clock, which starts where the earliest track starts. */
  readonly startMs: number;
  readonly endMs: number;
}

/** What the probe found in the audio track that will be heard. */
export interface AudioFacts {
  readonly index: number;
  readonly codec: string;
  readonly channels: number;
  /** BCP 47 or ISO 639-2; `und` when the file does not say. */
  readonly language: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** What the probe found in an upload: the header's claims beside what its packets really hold. */
export interface SourceFacts {
  /** The demuxer that opened it. */
  readonly format: string;
  readonly bytes: number;
  readonly streams: number;
  /** What the header claims; null when it claims nothing or the container has no place for it. */
  readonly headerDurationMs: number | null;
  /** Where the last packet of any track ends, subtitles included, on the file's own clock. */
  readonly heldMs: number;
  /** Bytes of all packets. More than the file has means that it shows the same bytes again and again. */
  readonly packetBytes: number;
  readonly attachedPictureOnly: boolean;
  readonly video: VideoFacts | null;
  readonly audio: AudioFacts | null;
}

/** Facts of a source that has been accepted: there is a picture. */
export type AcceptedFacts = SourceFacts & { readonly video: VideoFacts };

/** How long the edition will be: the later end of picture and sound. */
export const sourceDurationMs = ({ video, audio }: SourceFacts): number =>
  Math.max(video?.endMs ?? 0, audio?.endMs ?? 0);
