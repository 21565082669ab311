/** Everything that arrives over a network or from another process. */
import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { configurationSchema, initializationOptionsSchema } from '#schemas/editor/messages.ts';
import { hostCommandSchema, hostEventSchema, type NodeConfig } from '#schemas/fleet/mesh.ts';
import { nodeCommandSchema } from '#schemas/fleet/nodeProtocol.ts';
import { fleetDeltaSchema, fleetViewSchema } from '#schemas/fleet/view.ts';
import { registryCommandSchema, registryEventSchema } from '#schemas/registry/host.ts';
import { gpuInfoSchema, nodeListSchema, registrationSchema, residentInfoSchema } from '#schemas/wire/circuitForge.ts';
import { agentCreationSchema, engineFrameSchema, enrolmentSchema } from '#schemas/wire/relay.ts';
import { swimMessageSchema } from '#schemas/wire/swim.ts';
import { decodeMessage } from '#server/mesh/messages/codec.ts';
import { createMeshNode } from '#server/mesh/node.ts';
import type { NodeInput } from '#server/mesh/nodeTypes.ts';
import { decode, encode } from '#server/mesh/swim/codec.ts';
import { createFrameReader, frame } from '#server/mesh/transport/frames.ts';
import { agentUrl } from '#server/registry/circuitforge/agentUrl.ts';
import { parseGpus } from '#server/registry/circuitforge/gpus.ts';
import { fromRow, toRow } from '#server/registry/knownNodes/rows.ts';
import { Hub } from '#server/registry/relay/hub.ts';
import { inflate } from '../unit/swim/captures.ts';
import { mutateBytes, mutateJson, mutateText } from './mutate.ts';
import { type Dice, dice } from './random.ts';
import { bytesOf, type FuzzTarget, promise, textOf } from './target.ts';

const captures = [
  'py-py-3nodes-jarviscore-3.0.0.jsonl',
  'swim-tcp-and-indirect-probe-1.0.2.jsonl',
  'foreign-peer-with-jarviscore-1.0.2.jsonl',
];

interface Captured {
  readonly proto: string;
  readonly bytes: Uint8Array;
}

let captured: readonly Captured[] | undefined;

function recorded(): readonly Captured[] {
  captured ??= captures.flatMap((file) =>
    readFileSync(new URL(`../fixtures/captures/${file}`, import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .flatMap((line) => {
        const record = JSON.parse(line) as { proto: string; bytes_hex: string };
        const bytes = Uint8Array.from(Buffer.from(record.bytes_hex, 'hex'));
        return bytes.length === 0 ? [] : [{ proto: record.proto, bytes: record.proto === 'tcp' ? bytes.subarray(4) : bytes }];
      }),
  );
  return captured;
}

const swimSeeds = (): Uint8Array[] => recorded().flatMap(({ proto, bytes }) => (proto === 'zmq' ? [] : [bytes]));

/** ZeroMQ records hold one message each; those that are no JSON are handshakes. */
const messageSeeds = (): Uint8Array[] => {
  const found = recorded().flatMap(({ proto, bytes }) => (proto === 'zmq' && bytes.includes(0x7b) ? [bytes] : []));
  return found.length > 0 ? found.map((bytes) => bytes.subarray(bytes.indexOf(0x7b))) : [bytesOf(exampleMessage)];
};

const exampleMessage = JSON.stringify({
  ...{ type: 'PEER_REQUEST', id: 'a1', from_node: 'n', timestamp: 1 },
  payload: { sender: 's', target: 't', correlation_id: 'c', data: { q: 1 } },
});

/** JSON behind SWIM's mark, and bytes of every kind. */
function mutateSwim(seed: Uint8Array, random: Dice): Uint8Array {
  if (random.chance(0.25)) return mutateBytes(seed, random);
  const text = mutateJson(textOf(seed.subarray(1)), random);
  return bytesOf(`${random.pick(['U', 'U', 'U', 'C', ''])}${text}`);
}

function mutateMessage(seed: Uint8Array, random: Dice): Uint8Array {
  return random.chance(0.2) ? mutateBytes(seed, random) : bytesOf(mutateJson(textOf(seed), random));
}

const swim: FuzzTarget = {
  name: 'swim',
  kind: 'codec',
  seeds: swimSeeds,
  mutate: mutateSwim,
  run(input) {
    const decoded = decode(input, inflate);
    if (!decoded.ok) return;
    promise(swimMessageSchema.safeParse(decoded.message).success, 'what is decoded is what the schema takes');
    const again = decode(encode(decoded.message), inflate);
    promise(again.ok && again.skipped === 0, 'what is encoded can be decoded');
  },
};

const frames: FuzzTarget = {
  name: 'swim-tcp-frames',
  kind: 'codec',
  seeds: () => swimSeeds().map((bytes) => frame(bytes)),
  mutate: mutateBytes,
  run(input) {
    const whole = createFrameReader().push(input);
    const reader = createFrameReader();
    const parts: Uint8Array[] = [];
    let refused = false;
    for (let at = 0; at < input.length && !refused; at += 7) {
      const found = reader.push(input.subarray(at, at + 7));
      if (found === null) refused = true;
      else parts.push(...found.map((each) => Uint8Array.from(each)));
    }
    promise(refused === (whole === null) || parts.length > 0, 'cutting a stream does not make it good or bad');
    if (whole !== null) promise(parts.length === whole.length, 'cutting a stream loses no frame');
  },
};

const messages: FuzzTarget = {
  name: 'zeromq-messages',
  kind: 'codec',
  seeds: messageSeeds,
  mutate: mutateMessage,
  run(input) {
    decodeMessage(input);
  },
};

const config: NodeConfig & { readonly port: number } = {
  ...{ host: '127.0.0.1', port: 7_946, zmqOffset: 1_000, name: 'node', seeds: ['127.0.0.1:7950'], avoidPorts: [] },
  keepalive: {
    ...{ enabled: true, intervalMs: 90_000, backoffMs: 45_000, suppressWindowMs: 60_000, ackTimeoutMs: 10_000 },
    allowZeroPeers: true,
  },
  forgetAfterMs: 1_800_000,
};

const memberAddress = '127.0.0.1:7950';

let firstPackets: readonly Uint8Array[] | undefined;

/** A whole node that already has members: a mutated packet arrives by every way in. */
const meshNode: FuzzTarget = {
  name: 'mesh-node',
  kind: 'reader',
  seeds: () => [...swimSeeds(), ...messageSeeds()],
  mutate: (seed, random) => (seed[0] === 0x55 ? mutateSwim(seed, random) : mutateMessage(seed, random)),
  run(input) {
    const start = { monotonicMs: 1_000, wallMs: Date.UTC(2026, 0, 1) };
    const random = dice(input.length);
    firstPackets ??= swimSeeds().slice(0, 3);
    const node = createMeshNode({ config, random: () => random.below(2 ** 30) / 2 ** 30, inflate, epoch: 'e' }, start);
    const ways: NodeInput[] = [
      ...firstPackets.map((bytes) => ({ kind: 'datagram' as const, from: memberAddress, bytes })),
      { kind: 'datagram', from: memberAddress, bytes: input },
      { kind: 'frame', from: memberAddress, bytes: input },
      { kind: 'router', identity: 'i', bytes: input },
      { kind: 'dealer', peer: memberAddress, bytes: input },
      { kind: 'tick' },
    ];
    for (const [turn, way] of ways.entries()) {
      node.handle(way, { monotonicMs: start.monotonicMs + turn * 400, wallMs: start.wallMs + turn * 400 });
      let outputs = 0;
      while (node.poll() !== undefined) {
        outputs += 1;
        promise(outputs < 10_000, 'one packet does not make ten thousand');
      }
    }
    node.snapshot();
  },
};

const now = '2026-01-01T00:00:00.000Z';

/** The JSON in a text; undefined where it is none. */
function jsonOf(input: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(input));
  } catch {
    return undefined;
  }
}

/** JSON of ours or theirs that a schema stands in front of. */
function schemaTarget(name: string, schema: z.ZodType, examples: readonly unknown[]): FuzzTarget {
  return {
    name,
    kind: 'codec',
    seeds: () => examples.map((example) => bytesOf(JSON.stringify(example))),
    mutate: mutateMessage,
    run(input) {
      const json = jsonOf(input);
      if (json === undefined) return;
      const parsed = schema.safeParse(json);
      if (parsed.success) promise(schema.safeParse(parsed.data).success, 'what is parsed parses again');
    },
  };
}

const registration = {
  ...{ v: 1, type: 'node.register', id: 'r1', name: 'builder', node_id: 'node_a', max_agents: 4, tags: ['gpu'] },
  provider: { name: 'broker', instance_id: 'broker_1' },
  capabilities: [{ name: 'spawn:claude', kind: 'capacity' }],
  ...{ version: 'relay-broker/12.4.1', resume_cursor: null },
};
const heartbeat = { ...registration, type: 'node.heartbeat', load: 0.5, active_agents: 2, handlers_live: true };
const sync = {
  ...{ v: 1, type: 'node.inventory.sync', provider: { name: 'broker', instance_id: 'broker_1' }, id: 's1' },
  agents: [{ agent_id: 'a', name: 'worker', status: 'active', session_id: null }],
};

/** A hub with a broker that is registered; a mutated frame arrives on its connection. */
const relayHub: FuzzTarget = {
  name: 'relay-frames',
  kind: 'codec',
  seeds: () => [registration, heartbeat, sync].map((each) => bytesOf(JSON.stringify(each))),
  mutate: mutateMessage,
  run(input) {
    const hub = new Hub({
      tokens: ['nt_live_one'],
      now: () => ({ monotonicMs: 1, wallMs: 1 }),
      onChange: () => {},
      log: () => {},
    });
    const hash = hub.authorize('nt_live_one');
    if (hash === null) throw new Error('the token was refused');
    let sent = 0;
    const session = hub.connect(hash, {
      remote: '127.0.0.1',
      send: () => {
        sent += 1;
      },
      close: () => {},
    });
    for (const bytes of [bytesOf(JSON.stringify(registration)), input]) hub.receive(session, textOf(bytes));
    promise(sent <= 8, 'two frames are not answered by a flood');
    hub.disconnect(session);
  },
};

const row = toRow({
  ...{ kind: 'jarviscore', fleet: 'f', id: 'i', name: 'n', address: '127.0.0.1:7946', firstSeen: 1, lastSeen: 2 },
  ...{ lastState: 'alive', reason: null, announced: { roles: ['a'] } },
});

const rows: FuzzTarget = {
  name: 'sqlite-rows',
  kind: 'codec',
  seeds: () => [bytesOf(JSON.stringify(row))],
  mutate: mutateMessage,
  run(input) {
    const json = jsonOf(input);
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return;
    const node = fromRow(json as Record<string, unknown>);
    if (node !== null) promise(fromRow(toRow(node)) !== null, 'a row that is read can be written and read again');
  },
};

const urls: FuzzTarget = {
  name: 'agent-urls',
  kind: 'codec',
  seeds: () =>
    ['http://127.0.0.1:7701', 'https://host.example:1/a?b#c', 'http://[::1]:1/', 'http://169.254.169.254/'].map(bytesOf),
  mutate: (seed, random, other) => bytesOf(mutateText(textOf(seed), random, textOf(other))),
  run(input) {
    const parsed = agentUrl(textOf(input));
    if (parsed.ok) promise(/^https?:\/\//.test(parsed.url), 'only http and https are fetched');
  },
};

const gpus: FuzzTarget = {
  name: 'gpu-lines',
  kind: 'codec',
  seeds: () => [bytesOf('0, NVIDIA GeForce RTX 3090, 24576, 1024, 23552\n')],
  mutate: (seed, random) => bytesOf(mutateText(textOf(seed), random)),
  run(input) {
    for (const gpu of parseGpus(textOf(input))) promise(gpu.vram_total_mb >= 0, 'no memory is negative');
  },
};

export const codecTargets: readonly FuzzTarget[] = [
  swim,
  frames,
  messages,
  meshNode,
  relayHub,
  rows,
  urls,
  gpus,
  schemaTarget('http-bodies', registrationSchema.or(enrolmentSchema).or(agentCreationSchema), [
    { node_id: 'n', agent_url: 'http://127.0.0.1:7701' },
    { name: 'worker', type: 'agent' },
    { name: 'builder', node_id: 'node_a' },
  ]),
  schemaTarget('http-answers', gpuInfoSchema.or(residentInfoSchema).or(nodeListSchema), [
    { node_id: 'n', gpus: [{ gpu_id: 0, name: 'G', vram_total_mb: 1, vram_used_mb: 0, vram_free_mb: 1 }] },
    { nodes: [] },
  ]),
  schemaTarget('relay-answers', engineFrameSchema, [
    { v: 1, type: 'action.invoke', invocation_id: 'i', action: 'spawn:claude', input: {} },
    { v: 1, type: 'reply', id: 'r1', ok: true, data: {} },
  ]),
  schemaTarget('node-commands', nodeCommandSchema, [
    { command: 'ask', role: 'r', data: { a: 1 }, timeout: 3 },
    { command: 'announce', agents: [{ role: 'r', capabilities: ['c'] }] },
    { command: 'stop' },
  ]),
  schemaTarget('mesh-host-ipc', hostCommandSchema.or(hostEventSchema), [
    { command: 'start', config },
    { command: 'stop' },
    { event: 'result', id: 1, command: 'ask', ok: false, data: null, error: 'x' },
  ]),
  schemaTarget('registry-host-ipc', registryCommandSchema.or(registryEventSchema), [{ command: 'stop' }, { event: 'stopped' }]),
  schemaTarget('editor-messages', configurationSchema.or(initializationOptionsSchema).or(fleetViewSchema).or(fleetDeltaSchema), [
    { node: { port: 0, seeds: [] }, severities: { 'port-ephemeral': 'off' } },
    { epoch: 'e', revision: 1, at: now, peers: [], roles: [] },
  ]),
];
