// Devices that come back with a week each: `node storm-devices.js JSON`, inside the network that the storm lives in. Each
// sends its batches one after the other, comes back when it is told to, and says at last what it saw.
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Hall } from './sites.js';

const { proxy, halls, batches, withinMs } = JSON.parse(process.argv[2]);
const answers = new Map();
const acknowledged = [];

/** The status and what it says about coming back; nothing when the line gave up. */
function post(headers, body) {
  return new Promise((resolve) => {
    const sent = request({ ...proxy, path: '/api/v1/tracking/batches', method: 'POST', headers, timeout: 60_000 });
    sent.on('response', (response) => {
      response
        .resume()
        .on('end', () => resolve({ status: response.statusCode, after: response.headers['retry-after'] }));
      response.on('error', () => resolve(undefined));
    });
    sent.on('timeout', () => sent.destroy()).on('error', () => resolve(undefined));
    sent.end(body);
  });
}

const count = (what) => answers.set(what, (answers.get(what) ?? 0) + 1);

async function deliver(hall, body) {
  for (let failures = 1; ; failures += 1) {
    const answer = await post(hall.headers, body);
    count(answer ? `${answer.status}${answer.after ? ' with Retry-After' : ''}` : 'no answer');
    if (answer?.status === 200) return;
    const backOffMs = Math.min(60_000, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);
    await pause(Number(answer?.after ?? 0) * 1000 + backOffMs);
  }
}

async function live(known) {
  const hall = new Hall(known);
  await pause(Math.random() * withinMs);
  for (let batch = 0; batch < batches; batch += 1) {
    const body = hall.nextBigBatch();
    await deliver(hall, body);
    acknowledged.push(hall.session.id);
  }
}

await Promise.all(halls.map(live));
process.stdout.write(JSON.stringify({ acknowledged, answers: Object.fromEntries(answers) }));
