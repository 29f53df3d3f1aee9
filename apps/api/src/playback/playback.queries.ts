import type { AudioTrack, PlaylistTrack, SegmentPiece, VideoTrack } from '#libs/domain';
import type { EntityManager } from 'typeorm';

type RenditionRow = Omit<VideoTrack, 'kind' | 'segments'> &
  Pick<AudioTrack, 'channels'> & {
    readonly kind: 'video' | 'audio';
    readonly initBytes: number;
    /** Index, ticks, SHA-256, bytes and bytes of the I-frame of each. */
    readonly segments: readonly [number, number, string, number, number | null][];
  };

export type Track = PlaylistTrack & { readonly initBytes: number };

/** Every rendition of one encode of an edition with its segments in order, as far as there is no gap. */
export async function tracksOf(db: EntityManager, editionId: string, encode: number): Promise<Track[]> {
  const rows = await db.query<RenditionRow[]>(
    `SELECT kind, name, codecs, width, height, frame_rate AS "frameRate", channels, timescale,
            init_sha256 AS "initSha256", init_bytes AS "initBytes",
            (SELECT coalesce(json_agg(json_build_array(index, duration_ticks, sha256, bytes, key_bytes) ORDER BY index), '[]')
             FROM segment WHERE segment.rendition_id = rendition.id) AS segments
     FROM rendition WHERE edition_id = $1 AND encode = $2 ORDER BY kind DESC, height DESC, name`,
    [editionId, encode],
  );
  return rows.map(trackOf);
}

function trackOf({ kind, name, codecs, timescale, initSha256, initBytes, segments, ...own }: RenditionRow): Track {
  const gap = segments.findIndex(([index], at) => index !== at);
  const inOrder = gap < 0 ? segments : segments.slice(0, gap);
  const pieces = inOrder.map(([, durationTicks, sha256, bytes, keyBytes]): SegmentPiece => {
    return { durationTicks, sha256, bytes, keyBytes };
  });
  const track = { name, codecs, timescale, initSha256, initBytes, segments: pieces };
  if (kind === 'audio') return { kind, ...track, channels: own.channels };
  return { kind, ...track, width: own.width, height: own.height, frameRate: own.frameRate };
}

export interface EncodeRow {
  /** Of the speech: that of the course. */
  readonly language: string;
  /** Whether all of it has been encoded. */
  readonly whole: boolean;
}

/** What playlists must know of one encode of an edition besides its renditions. */
export const encodeOf = async (
  db: EntityManager,
  editionId: string,
  encode: number,
): Promise<EncodeRow | undefined> => {
  const rows = await db.query<EncodeRow[]>(
    `SELECT course.language, edition.encode > $2 OR edition.state = 'ready' AS whole FROM edition
     JOIN lecture ON lecture.id = edition.lecture_id JOIN course ON course.id = lecture.course_id
     WHERE edition.id = $1`,
    [editionId, encode],
  );
  return rows[0];
};
