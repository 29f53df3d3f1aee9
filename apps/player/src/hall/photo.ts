/** Far below what the house takes, and enough to read a page of handwriting. */
export const MOST_PHOTO_BYTES = 400_000;

interface Try {
  readonly longestSide: number;
  readonly quality: number;
}

const TRIES: readonly Try[] = [
  { longestSide: 1800, quality: 0.75 },
  { longestSide: 1800, quality: 0.55 },
  { longestSide: 1400, quality: 0.5 },
  { longestSide: 1000, quality: 0.4 },
  { longestSide: 700, quality: 0.3 },
];

/** The size at which a picture has this longest side; never larger than it is. */
export function scaled(width: number, height: number, longestSide: number): [width: number, height: number] {
  const scale = Math.min(1, longestSide / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/**
 * A photo as it may leave this device: drawn anew, so that nothing is left of where and with what it was taken.
 * Undefined when the file is no picture, or stays too large.
 */
export async function smallPhoto(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  try {
    for (const attempt of TRIES) {
      const photo = await drawn(picture, attempt);
      if (photo && photo.size <= MOST_PHOTO_BYTES) return photo;
    }
    return undefined;
  } finally {
    picture.close();
  }
}

function drawn(picture: ImageBitmap, { longestSide, quality }: Try): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = scaled(picture.width, picture.height, longestSide);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}
