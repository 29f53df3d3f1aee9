import type { AudioTrack, PlaylistTrack, SegmentPiece, VideoTrack } from '#libs/domain';
import type { EntityManager } from 'typeorm';

type RenditionRow = Omit<VideoTrack, 'kind' | 'segments'> &
  Pick<AudioTrack, 'channels'> & {
    readonly kind: 'video' | 'audio';
    readonly initBytes: number;
    /** Ticks, SHA-256, bytes and bytes of the I-frame of each. */
    readonly segments: readonly [number, string, number, number | null][];
  };

export type Track = PlaylistTrack & { readonly initBytes: number };

/** Every rendition of an edition with its segments in order. */
export async function tracksOf(db: EntityManager, editionId: string): Promise<Track[]> {
  const rows = await db.query<RenditionRow[]>(
    `SELECT kind, name, codecs, width, height, frame_rate AS "frameRate", channels, timescale,
            init_sha256 AS "initSha256", init_bytes AS "initBytes",
            (SELECT coalesce(json_agg(json_build_array(duration_ticks, sha256, bytes, key_bytes) ORDER BY index), '[]')
             FROM segment WHERE segment.rendition_id = rendition.id) AS segments
     FROM rendition WHERE edition_id = $1 ORDER BY kind DESC, height DESC, name`,
    [editionId],
  );
  return rows.map(trackOf);
}

function trackOf({ kind, name, codecs, timescale, initSha256, initBytes, segments, ...own }: RenditionRow): Track {
  const pieces = segments.map(([durationTicks, sha256, bytes, keyBytes]): SegmentPiece => {
    return { durationTicks, sha256, bytes, keyBytes };
  });
  const track = { name, codecs, timescale, initSha256, initBytes, segments: pieces };
  if (kind === 'audio') return { kind, ...track, channels: own.channels };
  return { kind, ...track, width: own.width, height: own.height, frameRate: own.frameRate };
}

/** The language of the course in which an edition's lecture is held: that of the speech. */
export const languageOfEdition = async (db: EntityManager, editionId: string): Promise<string | undefined> => {
  const rows = await db.query<{ language: string }[]>(
    `SELECT course.language FROM edition
     JOIN lecture ON lecture.id = edition.lecture_id JOIN course ON course.id = lecture.course_id
     WHERE edition.id = $1`,
    [editionId],
  );
  return rows[0]?.language;
};
