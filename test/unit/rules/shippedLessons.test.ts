// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** False statements that the files shipped with the framework brought to light. */
import { describe, expect, it } from 'vitest';
import { findingsOf } from './workspace.ts';

const node = (dict: string): string => `from jarviscore import Mesh\nMesh(mode="p2p", config={${dict}})\n`;
const messages = (files: Record<string, string>, rule: string, target: string): string[] =>
  findingsOf(files, { target })
    .filter((finding) => finding.rule === rule)
    .map((finding) => finding.message);

describe('what a node without its port does', () => {
  const pair = { 'a.py': node('"bind_port": 7950, "p2p_enabled": True'), 'b.py': node('"bind_port": 7950, "p2p_enabled": True') };

  it('is to stop in 1.0, and to go on without P2P from 1.1.0 on', () => {
    expect(messages(pair, 'port-collision-swim', '1.0.2')[0]).toMatch(/does not start \(Mesh\.start\(\) raises\)\.$/);
    expect(messages(pair, 'port-collision-swim', '1.1.0')[0]).toMatch(/runs without P2P\.$/);
    const high = { 'a.py': node('"bind_port": 65000, "p2p_enabled": True') };
    expect(messages(high, 'zmq-port-overflow', '1.0.2')[0]).toMatch(/raises/);
    expect(messages(high, 'zmq-port-overflow', '3.0.0')[0]).toMatch(/runs without P2P/);
  });
});

describe('a wall clock and an execution timeout', () => {
  const found = (files: Record<string, string>): string[] => messages(files, 'kernel-wall-vs-exec', '3.0.0');
  const dict = (text: string): Record<string, string> => ({ 'node.py': `from jarviscore import Mesh\nMesh(config={${text}})\n` });

  it('are compared as far as the release obeys them', () => {
    expect(found({ '.env': 'EXECUTION_TIMEOUT=900\n' })).toEqual([]);
    expect(found({ '.env': 'KERNEL_WALL_CLOCK_MS=1000\n' })).toEqual([]);
    expect(found(dict('"execution_timeout": 300'))).toEqual([]);
    expect(found(dict('"execution_timeout": 900'))[0]).toContain('every role (at most 600 s)');
    expect(found(dict('"kernel_wall_clock_ms": 60000'))[0]).toContain('of 60 s ends before EXECUTION_TIMEOUT (300 s)');
  });
});

describe('the name of a container as a seed', () => {
  const compose = (host: string): string =>
    `services:\n  hub:\n    build: .\n    environment:\n      - JARVISCORE_BIND_PORT=7950\n${host}  worker:\n    build: .\n    environment:\n      - JARVISCORE_SEED_NODES=hub:7950\n`;

  it('is no other spelling of loopback inside that container', () => {
    expect(messages({ 'compose.yaml': compose('') }, 'seed-host-alias', '1.0.2')).toEqual([]);
  });

  it('is one of the address it binds', () => {
    const bound = compose('      - JARVISCORE_BIND_HOST=172.20.0.2\n');
    expect(messages({ 'compose.yaml': bound }, 'seed-host-alias', '1.0.2')).toHaveLength(1);
  });
});

describe('agents that need credentials', () => {
  const mesh = (agent: string): string =>
    `from jarviscore import Mesh\n${agent}\nmesh = Mesh(config={"nexus_gateway_url": "https://nexus.acme.example"})\nmesh.add(Billing)\n`;

  it('are not missed where their classes are not here', () => {
    const found = (text: string): string[] => messages({ 'node.py': text }, 'requires-auth-missing', '3.0.0');
    expect(found(mesh('from company.agents import Billing'))).toEqual([]);
    expect(found(mesh('from jarviscore import AutoAgent\nclass Billing(AutoAgent):\n    role = "b"\n'))).toHaveLength(1);
  });
});

describe('files of hand-made projects', () => {
  it('a name of its own that a compose file fills in is no name of the framework without its prefix', () => {
    const compose =
      'services:\n  a:\n    build: .\n    environment:\n      JARVISCORE_BIND_HOST: ${BIND_HOST:?set it}\n      P2P_ENABLED: "true"\n';
    const found = (files: Record<string, string>): string[] => messages(files, 'unprefixed-p2p-var', '3.0.0');
    expect(found({ '.env': 'BIND_HOST=10.0.0.1\n', 'compose.yaml': compose })).toEqual([]);
    expect(found({ '.env': 'BIND_HOST=10.0.0.1\nBIND_PORT=1\n', 'compose.yaml': compose })).toHaveLength(1);
    expect(found({ '.env': 'BIND_HOST=10.0.0.1\n', 'deploy/compose.yaml': compose })).toHaveLength(1);
  });

  it('one service in the folders of two stages is no second node', () => {
    const compose = 'services:\n  hub:\n    image: acme/a\n    environment: {JARVISCORE_NODE_NAME: hub, P2P_ENABLED: "true"}\n';
    const found = (files: Record<string, string>): string[] => messages(files, 'node-name-duplicate', '3.0.0');
    expect(found({ 'dev/compose.yaml': compose, 'prod/compose.yaml': compose })).toEqual([]);
    expect(
      found({
        'compose.yaml': `${compose}  hub2:\n    image: acme/a\n    environment: {JARVISCORE_NODE_NAME: hub, P2P_ENABLED: "true"}\n`,
      }),
    ).toHaveLength(2);
  });
});
