/**
 * Every blob that something names: `edition_id`, `sha256`, `extension`. **Whatever table comes to name blobs must be added
 * here**, or the sweep takes its blobs for left over and removes them.
 */
export const namedBlobs = `
  SELECT edition_id, init_sha256 AS sha256, 'mp4' AS extension FROM rendition
  UNION SELECT edition_id, segment.sha256, 'm4s' FROM segment JOIN rendition ON rendition.id = segment.rendition_id
  UNION SELECT edition_id, sha256, 'jpg' FROM still
  UNION SELECT edition_id, sha256, 'vtt' FROM caption`;
