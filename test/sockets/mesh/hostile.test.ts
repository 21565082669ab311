/** Whatever arrives at its ports, the host stays up, small and prompt. */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { Dealer } from 'zeromq';
import { joinScriptedPeer } from './scriptedPeer.ts';
import { startNode } from './support.ts';

const split = (address: string) => {
  const [host = '', port = ''] = address.split(':');
  return { host, port: Number(port) };
};

/** Asks with PING, then with SYNC-REQ, from one port of its own; the types of the answers in their order. */
async function probe(address: string): Promise<string[]> {
  const { host, port } = split(address);
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  try {
    const from = `127.0.0.1:${socket.address().port}`;
    const types: string[] = [];
    const both = new Promise<void>((resolve, reject) => {
      AbortSignal.timeout(5_000).addEventListener('abort', () => reject(new Error(`Only ${types.join()} came.`)));
      socket.on('message', (bytes) => {
        const answer = JSON.parse(bytes.toString('utf8').slice(1)) as { type: string };
        types.push(answer.type);
        if (answer.type === 'PONG') expect(answer).toMatchObject({ from: address, id: 'feedbeef', orig_timestamp: 1 });
        if (types.length === 2) resolve();
      });
    });
    socket.send(`U${JSON.stringify({ type: 'PING', from, id: 'feedbeef', timestamp: 1 })}`, port, host);
    socket.send(`U${JSON.stringify({ type: 'SYNC-REQ', from, id: 'feedbee5', known_version: 0, timestamp: 1 })}`, port, host);
    await both;
    return types;
  } finally {
    socket.close();
  }
}

async function sendTcp(address: string, bytes: Uint8Array): Promise<void> {
  const socket = connect(split(address));
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
}

test('garbage at every port is counted, not obeyed, and hinders nothing', async () => {
  const node = await startNode();
  const peer = await joinScriptedPeer(node.address);
  const zmqAddress = node.status.self?.zmqAddress ?? '';
  try {
    await node.until('the honest peer', () => node.peer(peer.address)?.state === 'alive');
    const udp = createSocket('udp4');
    const { host, port } = split(node.address);
    for (let index = 0; index < 500; index++) udp.send(randomBytes(1 + (index % 1_200)), port, host);
    const oversized = Buffer.alloc(4);
    oversized.writeUInt32BE(0xffff_fff0);
    const closed = connect({ host, port });
    closed.on('error', () => {});
    const end = once(closed, 'close', { signal: AbortSignal.timeout(5_000) });
    closed.write(oversized);
    closed.resume();
    await end;
    await sendTcp(node.address, Buffer.concat([Buffer.from([0, 0, 0, 9]), randomBytes(9), Buffer.from([0, 0, 1, 0])]));
    await sendTcp(zmqAddress, randomBytes(2_000));
    await sendTcp(zmqAddress, Buffer.from('GET / HTTP/1.1\r\n\r\n'));

    const dealer = new Dealer({ routingId: 'dealer-liar', linger: 0 });
    dealer.connect(`tcp://${zmqAddress}`);
    await dealer.send(['', randomBytes(300)]);
    await dealer.send(['a', 'b', 'c', 'd']);
    await dealer.send([
      '',
      `{"type":"PEER_REQUEST","id":"1","from_node":"x","require_ack":true,"payload":${'['.repeat(50_000)}}`,
    ]);
    await dealer.send([
      '',
      JSON.stringify({ type: 'CAPABILITY_ANNOUNCEMENT', id: '2', from_node: 'nobody', require_ack: true, payload: '{}' }),
    ]);
    const answers: unknown[] = [];
    for await (const frames of dealer) {
      answers.push(JSON.parse(frames.at(-1)?.toString('utf8') ?? ''));
      if (answers.length === 2) break;
    }
    expect(answers, 'only what could be read is acknowledged').toMatchObject([
      { ack_type: 'delivery', ack_for: '2', success: true },
      { ack_type: 'processing', ack_for: '2', success: false },
    ]);
    dealer.close();
    udp.close();

    expect(await probe(node.address)).toEqual(['PONG', 'SYNC-RESP']);
    expect(node.status).toMatchObject({ phase: 'running', restarts: 0 });
    expect(node.peer(peer.address)?.state).toBe('alive');
    expect(node.roster()?.peers).toHaveLength(1);
  } finally {
    peer.close();
  }
});

test('a flood of messages does not keep it from answering probes: no PONG stands behind the backlog', async () => {
  const node = await startNode();
  const dealer = new Dealer({ routingId: 'dealer-flood', linger: 0, sendHighWaterMark: 1_000 });
  dealer.connect(`tcp://${node.status.self?.zmqAddress}`);
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  let flooding = true;
  let sent = 0;
  let acks = 0;
  const breathe = () => new Promise((resolve) => setImmediate(resolve));
  const flood = (async () => {
    for (; flooding; sent++) {
      const message = {
        type: 'PEER_NOTIFY',
        id: String(sent),
        from_node: '127.0.0.1:1',
        require_ack: true,
        payload: { sender: 's', target: 't' },
      };
      await dealer.send(['', JSON.stringify(message)]);
      if (sent % 50 === 0) await breathe();
    }
  })();
  const reading = (async () => {
    for await (const _frames of dealer) {
      acks += 1;
      if (acks % 50 === 0) await breathe();
    }
    // Closing a socket between two reads makes zeromq.js reject the second.
  })().catch(() => {});
  const { host, port } = split(node.address);
  const ping = { type: 'PING', from: `127.0.0.1:${socket.address().port}`, id: 'feedbeef', timestamp: 1 };
  try {
    await node.until('the flood has begun', () => acks > 1_000);
    for (let round = 0; round < 20; round++) {
      const handledBefore = acks / 2;
      const pong = once(socket, 'message', { signal: AbortSignal.timeout(5_000) });
      socket.send(`U${JSON.stringify(ping)}`, port, host);
      await pong;
      // The queues on the way hold about 2,000 messages and are always full; a batch of the host is 64.
      const overtaken = acks / 2 - handledBefore;
      expect(overtaken, 'messages handled between PING and PONG').toBeLessThan(1_000);
    }
    expect(sent - acks / 2, 'the flood never ran dry').toBeGreaterThan(0);
  } finally {
    flooding = false;
    await flood;
    dealer.close();
    socket.close();
    await reading;
  }
});
