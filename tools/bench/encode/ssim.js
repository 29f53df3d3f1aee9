// Luma SSIM of pairs of pictures, by ffmpeg.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * @param {string[]} inputs arguments of ffmpeg before its filters
 * @param {string} graph filters that end in `[a][b]`: each picture of `a` is compared with the last of `b` until then
 * @returns {Promise<number[]>} one value for each picture of `a`
 */
export async function lumaSsim(inputs, graph) {
  const args = [
    '-v',
    'error',
    '-nostdin',
    ...inputs,
    '-filter_complex',
    `${graph}ssim=stats_file=-`,
    '-f',
    'null',
    '-',
  ];
  const { stdout } = await execute('ffmpeg', args, { maxBuffer: 256 * 1024 ** 2 });
  return [...stdout.matchAll(/ Y:([\d.]+)/g)].map(([, value]) => Number(value));
}
