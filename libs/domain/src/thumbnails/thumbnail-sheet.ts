/** A picture made of small ones, in rows from the left: what a lecture looks like every `tileMs` from `fromMs` on. */
export interface ThumbnailSheet {
  readonly fromMs: number;
  readonly tileMs: number;
  /** Pixels of the whole sheet. */
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** One small picture: a rectangle of its sheet, in pixels from the upper left. */
export interface Thumbnail<Sheet extends ThumbnailSheet> {
  readonly sheet: Sheet;
  readonly x: number;
  readonly y: number;
}

/**
 * The picture of a moment; undefined when there is none at all.
 *
 * @param sheets by `fromMs`
 */
export function thumbnailAt<Sheet extends ThumbnailSheet>(
  sheets: readonly Sheet[],
  ms: number,
): Thumbnail<Sheet> | undefined {
  const sheet = sheets.findLast(({ fromMs }) => fromMs <= ms) ?? sheets[0];
  if (!sheet) return undefined;
  const columns = Math.max(1, Math.floor(sheet.width / sheet.tileWidth));
  const rows = Math.max(1, Math.floor(sheet.height / sheet.tileHeight));
  const wanted = Math.floor((ms - sheet.fromMs) / sheet.tileMs);
  const index = Math.min(columns * rows - 1, Math.max(0, wanted));
  return { sheet, x: (index % columns) * sheet.tileWidth, y: Math.floor(index / columns) * sheet.tileHeight };
}
