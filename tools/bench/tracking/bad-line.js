// A network of its own whose every packet may get lost, whichever way it goes: Linux only, as root, with ip and nft. Where the kernel has no
// netem, nftables loses packets by chance, and a proxy (slow-line.js) takes the time.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const NEAR = '10.213.77.2';
export const FAR = '10.213.77.1';

/**
 * Calls `use` with the words by which a command runs inside the network; its processes reach this machine as `FAR`.
 *
 * @param {{ lossPercent: number }} line @param {(inside: string[]) => Promise<T>} use @template T
 */
export async function withBadLine({ lossPercent }, use) {
  const name = `bench-${process.pid}`;
  const [here, inside] = [`bh-${process.pid}`, ['ip', 'netns', 'exec', name]];
  const chain = (hook, way) =>
    `chain ${hook}_ {\n type filter hook ${hook} priority 0;\n ${way} != "lo" numgen random mod 100 < ${lossPercent} drop\n }`;
  const rules = `table inet bad {\n ${chain('input', 'iif')}\n ${chain('output', 'oif')}\n}`;
  try {
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['link', 'add', here, 'type', 'veth', 'peer', 'name', 'bn', 'netns', name]);
    await run('ip', ['addr', 'add', `${FAR}/30`, 'dev', here]);
    await run('ip', ['link', 'set', here, 'up']);
    const setUp = `ip addr add ${NEAR}/30 dev bn && ip link set bn up && ip link set lo up && nft '${rules}'`;
    await run(inside[0], [...inside.slice(1), 'sh', '-c', setUp]);
    return await use(inside);
  } finally {
    await run('ip', ['netns', 'del', name]).catch(() => undefined);
    await run('ip', ['link', 'del', here]).catch(() => undefined);
  }
}
