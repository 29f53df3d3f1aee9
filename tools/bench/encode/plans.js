// What our encodes ask of ffmpeg.

/**
 * Stands where ffmpeg does, and notes what an encode would have it do.
 *
 * @param {import('#libs/media').Ffmpeg} ffmpeg for what the encode has to know before
 * @param {(listener: import('#libs/media').Ffmpeg) => Promise<unknown>} encode
 * @returns {Promise<{ inputOptions: string[], filters: string, outputs: object[], limits: object }>}
 */
export async function planOf(ffmpeg, encode) {
  let asked;
  const heard = new Error('It has been heard.');
  const listener = {
    measure: (...args) => ffmpeg.measure(...args),
    encode: (plan, { folder, limits }) => {
      asked = { ...plan(folder), limits };
      throw heard;
    },
  };
  await encode(listener).catch((error) => {
    if (error !== heard) throw error;
  });
  return asked;
}
