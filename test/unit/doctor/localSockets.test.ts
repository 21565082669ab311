/** The system's lists of sockets, as Linux writes them. */
import { expect, test } from 'vitest';
import { readSocketTable } from '#server/host/localSockets.ts';

const row = (local: string, state: string, inode: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000 100 0 0 10 0`;
const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

test('listeners and what TIME_WAIT keeps, but no connections', () => {
  const table = [
    head,
    row('0100007F:1F0A', '0A', 11),
    row('00000000:22F2', '0A', 12),
    row('0100007F:1F0A', '06', 0),
    row('0100007F:9999', '01', 13),
    'not a row',
  ].join('\n');
  expect(readSocketTable(table, 'tcp')).toEqual([
    { protocol: 'tcp', host: '127.0.0.1', port: 7946, timeWait: false, inode: '11' },
    { protocol: 'tcp', host: '0.0.0.0', port: 8946, timeWait: false, inode: '12' },
    { protocol: 'tcp', host: '127.0.0.1', port: 7946, timeWait: true, inode: '0' },
  ]);
});

test('UDP sockets in every state; IPv6 sockets that take IPv4', () => {
  const table = [
    head,
    row('0200007F:1F0A', '07', 21),
    row('00000000000000000000000000000000:1F0A', '07', 22),
    row('0000000000000000FFFF00000100007F:1F0A', '07', 23),
    row('00000000000000000000000001000000:1F0A', '07', 24),
  ].join('\n');
  expect(readSocketTable(table, 'udp').map(({ host, inode }) => [host, inode])).toEqual([
    ['127.0.0.2', '21'],
    ['0.0.0.0', '22'],
    ['127.0.0.1', '23'],
  ]);
});
