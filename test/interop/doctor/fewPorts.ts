/**
 * Runs in a network of its own, where only forty ports are given to who asks for any, and other programs listen on a
 * third of them. Prints how many members the doctor is told at each of its questions.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { probeUdp, systemClock } from '#server/doctor/udpProbe.ts';
import { closeAll, startActor } from '../../sockets/doctor/actors.ts';

const [first, last] = [40_000, 40_039];
const [host, port] = ['127.0.0.1', 7_946];

execFileSync('ip', ['link', 'set', 'lo', 'up'], { stdio: ['ignore', 'ignore', 'inherit'] });
writeFileSync('/proc/sys/net/ipv4/ip_local_port_range', `${first} ${last}`);
const others = [];
for (let taken = first; taken <= last; taken += 3) {
  const server = createServer((socket) => socket.destroy()).listen(taken, host);
  await once(server, 'listening');
  others.push(server);
}
await startActor({ port, members: Array.from({ length: 40 }, (_, index) => `10.7.0.${index + 1}:7946`) });
const signal = new AbortController().signal;
for (let asked = 0; asked < 24; asked++) {
  const { members } = await probeUdp({ host, port, timeoutMs: 1_500, members: true }, systemClock, signal);
  console.log(members?.length ?? 0);
}
for (const server of others) server.close();
await closeAll();
