// Luma SSIM of pairs of pictures, by ffmpeg.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * @param {string[]} inputs arguments of ffmpeg before its filters
 * @param {string[]} graph filters that end in `[a0][b0][a1][b1]…`: each picture of `a` is compared with the last of `b`
 *   until then
 * @param {{ pairs?: number, folder: string }} options how many pairs there are, and where to note them down
 * @returns {Promise<number[][]>} for each pair one value a picture of `a`
 */
export async function lumaSsim(inputs, graph, { pairs = 1, folder }) {
  const compared = Array.from({ length: pairs }, (_, at) => ({ at, file: `${folder}/ssim-${at}.txt` }));
  const ssim = compared.map(({ at, file }) => `[a${at}][b${at}]ssim=stats_file=${file}[o${at}]`);
  const outputs = compared.flatMap(({ at }) => ['-map', `[o${at}]`, '-f', 'null', '-']);
  const quiet = ['-v', 'error', '-nostdin'];
  await execute('ffmpeg', [...quiet, ...inputs, '-filter_complex', [...graph, ...ssim].join(';'), ...outputs]);
  const texts = await Promise.all(compared.map(({ file }) => readFile(file, 'utf8')));
  return texts.map((text) => [...text.matchAll(/ Y:([\d.]+)/g)].map(([, value]) => Number(value)));
}
