/**
 * A process that only measures: PINGs an address and prints the sorted round trips as JSON when its input ends.
 * It stands alone, because a test that drives a language server would measure itself.
 *
 *   node pongProbe.ts HOST PORT PAUSE_MS
 */
import { createSocket } from 'node:dgram';

const [host = '127.0.0.1', port = '0', pauseMs = '20'] = process.argv.slice(2);
const socket = createSocket('udp4');
const sent = new Map<string, number>();
const roundTrips: number[] = [];
let next = 0;
socket.on('message', (bytes) => {
  const { id } = JSON.parse(bytes.toString('utf8').slice(1)) as { id: string };
  const sentMs = sent.get(id);
  if (sentMs === undefined) return;
  sent.delete(id);
  roundTrips.push(performance.now() - sentMs);
});
socket.bind(0, host, () => {
  const from = `${host}:${socket.address().port}`;
  const timer = setInterval(() => {
    const id = (next++).toString(16).padStart(8, '0');
    sent.set(id, performance.now());
    socket.send(`U${JSON.stringify({ type: 'PING', from, id, timestamp: Date.now() / 1_000 })}`, Number(port), host);
  }, Number(pauseMs));
  process.stdin.resume().on('end', () => {
    clearInterval(timer);
    setTimeout(() => {
      socket.close();
      process.stdout.write(JSON.stringify({ lost: sent.size, roundTrips: roundTrips.sort((a, b) => a - b) }));
    }, 1_000);
  });
});
