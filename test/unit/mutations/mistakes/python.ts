/** Calls and dicts in Python. */
import { all, replace, set, withoutKey } from '../changes.ts';
import type { Mistake } from '../mistake.ts';

const planner = 'fleet/planner.py';
const guest = 'fleet/guest.py';
const coordinator = 'nodes/coordinator.py';
const hubs = '10.20.0.1:7950,10.20.0.2:7950';
const limits = ['mesh-late-joiner', 'mesh-ghost-agents', 'mesh-early-request-dropped'] as const;

const call = (rule: string, from: string, to: string, marked: string, rest: Partial<Mistake> = {}): Mistake => ({
  rule,
  kinds: ['python'],
  change: replace(planner, from, to),
  where: [planner, marked],
  ...rest,
});
const joins = (rule: string, from: string, to: string, marked: string, rest: Partial<Mistake> = {}): Mistake =>
  call(rule, from, to, marked, { change: replace(guest, from, to), where: [guest, marked], ...rest });
const old = (rule: string, from: string, to: string, marked: string, rest: Partial<Mistake> = {}): Mistake =>
  call(rule, from, to, marked, {
    workspace: '1.0.2',
    change: replace(coordinator, from, to),
    where: [coordinator, marked],
    ...rest,
  });

export const pythonMistakes: readonly Mistake[] = [
  call('mesh-mode-deprecated', 'mesh = Mesh(\n', 'mesh = Mesh(\n    mode="p2p",\n', 'mode="p2p"'),
  call('mesh-positional-mode', 'mesh = Mesh(\n    config=', 'mesh = Mesh(\n    "p2p",\n    config=', '    "p2p",'),
  call('mesh-unknown-kwarg', 'mesh = Mesh(\n', 'mesh = Mesh(\n    bind_port=7960,\n', '    bind_port=7960'),
  call('mesh-config-env-name', '"log_level": "INFO"', '"LOG_LEVEL": "INFO"', '"LOG_LEVEL"'),
  call('mesh-p2p-implicit', '        "p2p_enabled": True,\n', '', 'mesh = Mesh('),
  call('mesh-serve-forever-p2p', 'await asyncio.Event().wait()', 'await mesh.serve_forever()', 'serve_forever'),
  call(
    'mesh-notify-lost',
    'await mesh.start()\n',
    'await mesh.start()\n    await mesh.agents[0].peers.notify("writer", {})\n',
    'notify',
  ),
  {
    rule: 'mesh-peers-local-only',
    kinds: ['python'],
    base: withoutKey('seed_nodes'),
    python: [set('seed_nodes', `"${hubs}"`)],
    at: 'declaration',
  },
  old('mesh-mode-invalid', 'mode="p2p"', 'mode="cluster"', 'mode="cluster"'),
  {
    ...old('mesh-p2p-102-mode', '', '', '"bind_host"'),
    change: all(
      replace(coordinator, 'mode="p2p"', 'mode="autonomous"'),
      replace(coordinator, '        "p2p_enabled": True,\n', ''),
    ),
  },
  ...limits.map(
    (rule): Mistake => ({
      rule,
      kinds: ['python'],
      workspace: '1.0.2',
      change: replace(
        'requirements.txt',
        `ignore ${limits.join(', ')}`,
        `ignore ${limits.filter((other) => other !== rule).join(', ')}`,
      ),
      where: ['requirements.txt', 'jarviscore-framework['],
    }),
  ),
  joins('join-mesh-default-port', '"bind_port": 0, ', '', 'join_mesh(', {
    base: replace('fleet/api.py', 'bind_port=7962', 'bind_port=7946'),
    also: [{ rule: 'port-collision-swim', why: 'told to the node whose port it is as well' }],
  }),
  joins(
    'join-mesh-no-seed',
    `        seed_nodes="${hubs}",\n        config={`,
    `        config={"seed_nodes": "${hubs}", `,
    'join_mesh(',
  ),
  joins(
    'join-mesh-unknown-kwarg',
    'join_mesh(\n',
    'join_mesh(\n        advertise_endpoint="10.20.0.11:7970",\n',
    'advertise_endpoint',
  ),
  ...(
    [
      ['seed-malformed', '10.20.0.1:7950;10.20.0.2:7950'],
      ['seed-duplicate', `${hubs},10.20.0.1:7950`],
      ['seed-empty-item', `${hubs},`],
    ] as const
  ).map(([rule, seeds]) => joins(rule, `seed_nodes="${hubs}"`, `seed_nodes="${seeds}"`, `seed_nodes="${seeds}"`)),
  joins('seed-bare-port', `seed_nodes="${hubs}"`, 'seed_nodes="7950"', 'seed_nodes="7950"', {
    reveals: [{ rule: 'seed-loopback-remote', why: 'a port alone means this machine, and no hub listens there' }],
  }),
  joins('join-mesh-endpoint-overridden', 'join_mesh(\n', 'join_mesh(\n        endpoint="10.20.0.1:7950",\n', '        endpoint='),
];
