/**
 * The lines that editions under way stand in: one for each uploader, and all lines move alike, so that nobody's hundred
 * lectures keep somebody else's first waiting. `turn` is the place in one's own line. What is paused stands in none.
 */
export const editionLine = `line AS (
  SELECT id, priority, created_at, row_number() OVER (PARTITION BY uploaded_by ORDER BY created_at, id) AS turn
  FROM edition WHERE state = 'encoding' AND NOT paused)`;

/** The order in which editions of `line` are worked on. */
export const inLine = `line.priority DESC, line.turn, line.created_at, line.id`;

/** First chunks before later ones, whoever's: a lecture can be watched with its first. */
export const inTurn = `line.priority DESC, job.chunk_index > 0, line.turn, line.created_at, line.id, job.chunk_index`;
