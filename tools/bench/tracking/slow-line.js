// A TCP proxy over which everything takes its time: `node slow-line.js PORT HOST PORT_THERE DELAY_MS` (each way).
import { connect, createServer } from 'node:net';

const [port, host, there, delayMs] = process.argv.slice(2);

function pass(from, to) {
  from.on('data', (chunk) => {
    from.pause();
    setTimeout(() => {
      if (!to.destroyed) to.write(chunk);
      from.resume();
    }, Number(delayMs));
  });
  from.on('end', () => setTimeout(() => to.end(), Number(delayMs)));
  from.on('error', () => to.destroy()).on('close', () => setTimeout(() => to.destroy(), 2 * Number(delayMs)));
}

createServer((near) => {
  const far = connect(Number(there), host);
  pass(near, far);
  pass(far, near);
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('open\n'));
