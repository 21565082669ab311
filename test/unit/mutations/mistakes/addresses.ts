/** Ports, hosts, seeds and the keepalive of a fleet. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { add, all, alone, by, drop, onHostNetwork, replace, set, withOneHub, withTwoHubs } from '../changes.ts';
import { both } from '../consequences.ts';
import type { Mistake } from '../mistake.ts';

const onOneMachine: readonly FileKind[] = [
  'dotenv',
  'python',
  'systemd',
  'shell',
  'launch',
  'compose',
  'dockerfile',
  'kubernetes',
];
const besideA = [set('JARVISCORE_BIND_HOST', '10.20.0.1'), set('JARVISCORE_SEED_NODES', '10.20.0.2:7950')];

/** Address and port of the slot of each kind. */
const own: Partial<Record<FileKind, readonly [host: string, port: number, name: string]>> = {
  dotenv: ['10.20.0.21', 7952, 'archivist'],
  python: ['10.20.0.11', 7960, 'planner'],
  compose: ['172.28.0.14', 7950, 'librarian'],
  systemd: ['10.20.0.22', 7954, 'editor'],
  dockerfile: ['172.28.0.13', 7950, 'scout'],
  shell: ['10.20.0.31', 7956, 'analyst'],
  launch: ['10.20.0.41', 7958, 'drafter'],
  kubernetes: ['10.20.0.51', 7952, 'reviewer'],
};
const ownOf = (kind: FileKind) => own[kind] ?? ['', 0, ''];
const hubs = '10.20.0.1:7950,10.20.0.2:7950';

/** A seed list in place of the clean one; in Python in the dict. */
const seeds = (rule: string, list: string | ((kind: FileKind) => string), rest: Partial<Mistake> = {}): Mistake => ({
  rule,
  values: (kind) => [set('JARVISCORE_SEED_NODES', typeof list === 'string' ? list : list(kind))],
  python: [set('seed_nodes', JSON.stringify(typeof list === 'string' ? list : list('python')))],
  ...rest,
});

export const addressMistakes: readonly Mistake[] = [
  {
    rule: 'port-collision-swim',
    change: onHostNetwork,
    kinds: onOneMachine,
    values: [...besideA, set('JARVISCORE_BIND_PORT', '7950')],
    at: 'JARVISCORE_BIND_PORT',
    python: [set('bind_host', '"10.20.0.1"'), set('seed_nodes', '"10.20.0.2:7950"'), set('bind_port', '7950')],
    also: [both('port-collision-swim')],
  },
  {
    rule: 'port-collision-zmq',
    change: onHostNetwork,
    kinds: onOneMachine,
    values: [...besideA, set('JARVISCORE_BIND_PORT', '7900'), set('ZMQ_PORT_OFFSET', '1050')],
    at: 'JARVISCORE_BIND_PORT',
    python: [
      set('bind_host', '"10.20.0.1"'),
      set('seed_nodes', '"10.20.0.2:7950"'),
      set('bind_port', '7900'),
      set('zmq_port_offset', '1050'),
    ],
    also: [
      both('port-collision-zmq'),
      { rule: 'zmq-offset-mismatch', why: 'two ZMQ ports are equal for different SWIM ports only with different offsets' },
    ],
  },
  {
    rule: 'port-collision-swim-zmq',
    change: onHostNetwork,
    kinds: onOneMachine,
    values: [...besideA, set('JARVISCORE_BIND_PORT', '8950')],
    at: 'JARVISCORE_BIND_PORT',
    python: [set('bind_host', '"10.20.0.1"'), set('seed_nodes', '"10.20.0.2:7950"'), set('bind_port', '8950')],
    also: [both('port-collision-swim-zmq')],
  },
  {
    rule: 'port-collision-metrics',
    change: onHostNetwork,
    kinds: onOneMachine,
    values: [set('PROMETHEUS_PORT', '9101')],
    also: [both('port-collision-metrics')],
  },
  { rule: 'default-service-clash', profile: 'development' },
  { rule: 'port-out-of-range', values: [set('PROMETHEUS_PORT', '70000')] },
  { rule: 'port-docker-swarm', values: [set('JARVISCORE_BIND_PORT', '7946')], python: [set('bind_port', '7946')] },
  {
    rule: 'zmq-offset-mismatch',
    values: [set('ZMQ_PORT_OFFSET', '1200')],
    python: [set('zmq_port_offset', '1200')],
  },
  { rule: 'zmq-offset-nonstandard', base: alone() },
  {
    rule: 'bind-host-loopback-in-fleet',
    kinds: ['dotenv', 'python', 'compose', 'systemd', 'dockerfile', 'shell', 'launch'],
    values: [set('JARVISCORE_BIND_HOST', '127.0.0.1')],
    python: [set('bind_host', '"127.0.0.1"')],
  },
  { rule: 'wildcard-node-id', values: [set('JARVISCORE_BIND_HOST', '0.0.0.0')], python: [set('bind_host', '"0.0.0.0"')] },
  {
    rule: 'bind-host-invalid',
    values: [set('JARVISCORE_BIND_HOST', 'http://10.0.0.4')],
    python: [set('bind_host', '"http://10.0.0.4"')],
  },
  { rule: 'bind-host-public', values: [set('JARVISCORE_BIND_HOST', '203.0.114.9')], python: [set('bind_host', '"203.0.114.9"')] },
  {
    rule: 'node-name-duplicate',
    values: [set('JARVISCORE_NODE_NAME', 'hub-a')],
    python: [set('node_name', '"hub-a"')],
    also: [both('node-name-duplicate')],
  },
  seeds('seed-malformed', '10.20.0.1'),
  seeds('seed-malformed', '10.20.0.1:7950;10.20.0.2:7950'),
  seeds('seed-bare-port', '7950', {
    reveals: [{ rule: 'seed-loopback-remote', why: 'a port alone means this machine, and no hub listens there' }],
  }),
  seeds('seed-whitespace', '10.20.0.1 :7950,10.20.0.2:7950'),
  seeds('seed-empty-item', `${hubs},`),
  seeds('seed-duplicate', `${hubs},10.20.0.1:7950`),
  seeds('seed-wildcard', `0.0.0.0:7950,${hubs}`),
  seeds('seed-self', (kind) => `${ownOf(kind)[0]}:${ownOf(kind)[1]},10.20.0.2:7950`, {
    kinds: ['dotenv', 'python', 'compose', 'systemd', 'dockerfile', 'shell', 'launch'],
  }),
  {
    rule: 'seed-self',
    kinds: ['kubernetes'],
    values: [set('JARVISCORE_BIND_HOST', '10.20.0.51'), set('JARVISCORE_SEED_NODES', '10.20.0.51:7952,10.20.0.2:7950')],
    at: 'JARVISCORE_SEED_NODES',
  },
  seeds('seed-self-alias', (kind) => `${ownOf(kind)[2]}:${ownOf(kind)[1]},10.20.0.2:7950`, {
    kinds: ['dotenv', 'python', 'systemd', 'shell', 'launch', 'kubernetes'],
  }),
  {
    rule: 'seed-self-alias',
    kinds: ['compose', 'dockerfile'],
    values: [set('JARVISCORE_NODE_NAME', 'books'), set('JARVISCORE_SEED_NODES', 'books:7950,10.20.0.2:7950')],
    at: 'JARVISCORE_SEED_NODES',
  },
  seeds('seed-unknown-node', '10.20.0.1:7950,10.20.0.9:7950'),
  seeds('seed-points-to-zmq-port', '10.20.0.1:8950,10.20.0.2:7950'),
  seeds('seed-points-to-service', '10.20.0.1:6379,10.20.0.2:7950'),
  seeds('seed-loopback-remote', '127.0.0.1:7950,10.20.0.2:7950'),
  seeds('seed-host-alias', 'hub-a:7950,10.20.0.2:7950'),
  {
    rule: 'fleet-no-seed-anywhere',
    kinds: ['dotenv', 'python', 'compose', 'systemd', 'dockerfile', 'shell', 'launch'],
    base: withOneHub,
    values: [drop('JARVISCORE_SEED_NODES')],
    python: [drop('seed_nodes')],
    // The second node in the order of files is told to join the first.
    where: (kind) =>
      kind === 'python'
        ? ['fleet/planner.py', 'mesh = Mesh(']
        : kind === 'shell'
          ? ['scripts/start-analyst.sh', 'exec python']
          : ['deploy/systemd/atlas-hub-a.service', 'ExecStart='],
    also: [{ rule: 'allow-zero-peers-single', why: 'a node without seeds that insists on peers waits for them for ever' }],
  },
  {
    rule: 'fleet-islands',
    kinds: ['dotenv', 'python', 'compose', 'systemd', 'dockerfile', 'shell', 'launch'],
    values: [drop('JARVISCORE_SEED_NODES')],
    python: [drop('seed_nodes')],
    at: 'declaration',
    also: [{ rule: 'allow-zero-peers-single', why: 'a node without seeds that insists on peers waits for them for ever' }],
  },
  {
    ...seeds('fleet-single-seed', '10.20.0.1:7950', { base: withTwoHubs }),
    where: (kind) => (kind === 'python' || kind === 'shell' ? ['deploy/systemd/hub-b.env', 'JARVISCORE_SEED_NODES'] : null),
  },
  {
    rule: 'seeds-in-env-short-wait',
    kinds: ['dotenv'],
    base: all(replace('fleet/planner.py', `        "seed_nodes": "${hubs}",\n`, '')),
    change: add('fleet/.env', `JARVISCORE_SEED_NODES=${hubs}\n`),
    where: ['fleet/.env', 'JARVISCORE_SEED_NODES'],
    also: [{ rule: 'per-process-var-in-shared-env', why: 'a .env in a folder of programs is shared by all of them' }],
  },
  {
    rule: 'seeds-in-env-short-wait',
    kinds: ['python'],
    python: [drop('seed_nodes'), set('JARVISCORE_SEED_NODES', hubs)],
    at: 'JARVISCORE_SEED_NODES',
  },
  { rule: 'keepalive-disabled', values: [set('KEEPALIVE_ENABLED', 'false')], python: [set('keepalive_enabled', 'False')] },
  {
    rule: 'allow-zero-peers-in-cluster',
    kinds: ['python'],
    python: [drop('allow_zero_peers')],
    where: ['fleet/planner.py', '"seed_nodes"'],
  },
  {
    rule: 'allow-zero-peers-single',
    kinds: ['python'],
    base: by({ python: alone() }),
    python: [drop('seed_nodes')],
    where: ['fleet/planner.py', '"allow_zero_peers"'],
  },
];
