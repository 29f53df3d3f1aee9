// Many devices that send at once, as fast as they are answered.
import autocannon from 'autocannon';

export const CONNECTIONS = 50;

/**
 * Lets these halls send in turn for some seconds, or a number of requests, over so many connections.
 *
 * @param {{ headers: object, nextBatch: () => string }[]} halls
 * @param {{ seconds?: number, amount?: number, connections?: number }} how
 * @returns batches a second that were answered with 200. @throws {Error} when one was not
 */
export async function acknowledgedPerSecond(url, halls, { seconds, amount, connections = CONNECTIONS }) {
  let turn = 0;
  const nextRequest = (request) => {
    const hall = halls[turn++ % halls.length];
    return { ...request, headers: hall.headers, body: hall.nextBatch() };
  };
  const begun = performance.now();
  const result = await autocannon({
    url: `${url}/api/v1/tracking/batches`,
    connections,
    ...(amount ? { amount } : { duration: seconds }),
    requests: [{ method: 'POST', setupRequest: nextRequest }],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
  return result['2xx'] / ((performance.now() - begun) / 1000);
}
