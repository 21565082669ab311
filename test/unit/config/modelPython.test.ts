/** Programs and their env files: the processes, addresses and settings that the model makes of them, and what loses. */
import { env, joins, mesh, sets } from '../rules/said.ts';
import type { Files } from '../rules/workspace.ts';
import { resolves } from './resolved.ts';

/** A program with one Mesh, built with these arguments. */
const call = (args: string): Files => ({ 'node.py': `from jarviscore import Mesh\n\nmesh = Mesh(${args})\n` });
/** A program with lines before its Mesh. */
const after = (lines: string, dict = ''): Files => ({
  'node.py': `import os\nfrom dotenv import load_dotenv\nfrom jarviscore import Mesh\n\n${lines}\nmesh = Mesh(config={${dict}})\n`,
});
const old = { target: '1.0.2' } as const;

resolves('a Mesh in Python', [
  [mesh(), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on']],
  [
    mesh('"bind_port": 7950, "bind_host": "10.0.0.1", "zmq_port_offset": 2000'),
    [
      'node (mesh, python) node.py:3:8; 10.0.0.1:7950 + 2000, P2P on',
      '  JARVISCORE_BIND_HOST: "10.0.0.1" from mesh-config node.py:3',
      '  JARVISCORE_BIND_PORT: 7950 from mesh-config node.py:3',
      '  ZMQ_PORT_OFFSET: 2000 from mesh-config node.py:3',
    ],
  ],
  [
    mesh('"bind_port": "7950", "zmq_port_offset": "7"'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7950 + 7, P2P on',
      '  JARVISCORE_BIND_PORT: "7950" from mesh-config node.py:3',
      '  ZMQ_PORT_OFFSET: "7" from mesh-config node.py:3',
    ],
  ],
  [
    mesh('"bind_port": 7950.5, "bind_host": 5'),
    [
      'node (mesh, python) node.py:3:8; ?:? + 1000, P2P on',
      '  JARVISCORE_BIND_HOST: 5 from mesh-config node.py:3',
      '  JARVISCORE_BIND_PORT: 7950.5 from mesh-config node.py:3',
    ],
  ],
  [
    mesh('"bind_port": 1, "bind_port": 2'),
    ['node (mesh, python) node.py:3:8; 127.0.0.1:2 + 1000, P2P on', '  JARVISCORE_BIND_PORT: 2 from mesh-config node.py:3'],
  ],
  [
    mesh('"bind_port": port, "node_name": "alpha"'),
    [
      'alpha (mesh, python) node.py:3:8; 127.0.0.1:? + 1000, P2P on',
      '  JARVISCORE_BIND_PORT: null from mesh-config node.py:3 (set, value unknown: "port" is not a constant of this file)',
      '  JARVISCORE_NODE_NAME: "alpha" from mesh-config node.py:3',
    ],
  ],
  [mesh('**more'), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P unknown; not all known']],
  [
    mesh('"p2p_enabled": True'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      '  P2P_ENABLED: true from mesh-config node.py:3 (default true; dict key wins)',
    ],
  ],
  [
    mesh('"p2p_enabled": False'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P off',
      '  P2P_ENABLED: false from mesh-config node.py:3 (default true; dict key wins)',
    ],
  ],
  [
    mesh('"p2p_enabled": ""'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P off',
      '  P2P_ENABLED: "" from mesh-config node.py:3 (default true; dict key wins)',
    ],
  ],
  [
    mesh('"p2p_enabled": flag'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P unknown',
      '  P2P_ENABLED: null from mesh-config node.py:3 (set, value unknown: "flag" is not a constant of this file; default true; dict key wins)',
    ],
  ],
  [
    mesh('"bind_port": None'),
    ['node (mesh, python) node.py:3:8; 127.0.0.1:? + 1000, P2P on', '  JARVISCORE_BIND_PORT: null from mesh-config node.py:3'],
  ],
  [
    { 'node.py': 'from jarviscore import Mesh\na = Mesh(config={"bind_port": 1})\nb = Mesh(config={"bind_port": 2})\n' },
    [
      'node#1 (mesh, python) node.py:2:5; 127.0.0.1:1 + 1000, P2P on',
      '  JARVISCORE_BIND_PORT: 1 from mesh-config node.py:2',
      'node#2 (mesh, python) node.py:3:5; 127.0.0.1:2 + 1000, P2P on',
      '  JARVISCORE_BIND_PORT: 2 from mesh-config node.py:3',
    ],
  ],
  [
    {
      'app.py':
        'from fastapi import FastAPI\nfrom jarviscore.integrations import JarvisLifespan\n\napp = FastAPI(lifespan=JarvisLifespan(agent, bind_port=7950))\n',
    },
    [
      'app (lifespan, python) app.py:4:24; 127.0.0.1:7950 + 1000, P2P on',
      '  JARVISCORE_BIND_PORT: 7950 from mesh-config app.py:4',
    ],
  ],
]);

resolves('seeds', [
  [
    mesh('"seed_nodes": "a:1, b:2 ,,"'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; seeds a:1, b:2',
      '  JARVISCORE_SEED_NODES: "a:1, b:2 ,," from mesh-config node.py:3',
    ],
  ],
  [
    mesh('"seed_nodes": ["a:1", " b:2 ", "", 5]'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; seeds a:1, b:2',
      '  JARVISCORE_SEED_NODES: ["a:1"," b:2 ","",5] from mesh-config node.py:3',
    ],
  ],
  [
    mesh('"seed_nodes": 5'),
    ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on', '  JARVISCORE_SEED_NODES: 5 from mesh-config node.py:3'],
  ],
  [joins('seed_nodes="a:1,b:2"'), ['agent (join-mesh, python) agent.py:5:11; 127.0.0.1:7946 + 1000, P2P on; seeds a:1, b:2']],
  [joins('endpoint="a:1"'), ['agent (join-mesh, python) agent.py:5:11; 127.0.0.1:7946 + 1000, P2P on; seeds a:1']],
  [
    joins('endpoint="a:1", seed_nodes="b:2"'),
    ['agent (join-mesh, python) agent.py:5:11; 127.0.0.1:7946 + 1000, P2P on; seeds b:2'],
  ],
  [
    joins('endpoint="", seed_nodes=None, config={"seed_nodes": "c:3"}'),
    [
      'agent (join-mesh, python) agent.py:5:11; 127.0.0.1:7946 + 1000, P2P on; seeds c:3',
      '  JARVISCORE_SEED_NODES: "c:3" from mesh-config agent.py:5',
    ],
  ],
  [
    joins('endpoint=where, config={"seed_nodes": "c:3"}'),
    [
      'agent (join-mesh, python) agent.py:5:11; 127.0.0.1:7946 + 1000, P2P on; seeds c:3',
      '  JARVISCORE_SEED_NODES: "c:3" from mesh-config agent.py:5',
    ],
  ],
]);

resolves('join_mesh', [
  [joins(), ['agent (join-mesh, python) agent.py:5:11; 127.0.0.1:7946 + 1000, P2P on']],
  [
    joins('config={"bind_port": 0}'),
    [
      'agent (join-mesh, python) agent.py:5:11; 127.0.0.1:? + 1000, P2P on',
      '  JARVISCORE_BIND_PORT: 0 from mesh-config agent.py:5',
    ],
  ],
  [
    joins('config={"bind_port": 7950, "p2p_enabled": False}'),
    [
      'agent (join-mesh, python) agent.py:5:11; 127.0.0.1:7950 + 1000, P2P on',
      '  JARVISCORE_BIND_PORT: 7950 from mesh-config agent.py:5',
      '  P2P_ENABLED: false from mesh-config agent.py:5 (default true; dict key wins)',
    ],
  ],
  [
    mesh('"bind_port": 0'),
    ['node (mesh, python) node.py:3:8; 127.0.0.1:0 + 1000, P2P on', '  JARVISCORE_BIND_PORT: 0 from mesh-config node.py:3'],
  ],
]);

resolves('P2P of release 1.0, which looks at the mode and the dict', [
  [mesh(), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P off'], old],
  [call('mode="p2p"'), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on'], old],
  [call('mode="distributed"'), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on'], old],
  [call('"p2p"'), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on'], old],
  [call('mode="autonomous"'), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P off'], old],
  [call('mode=MODE'), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P unknown'], old],
  [
    call('mode="autonomous", config={"p2p_enabled": True}'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      '  P2P_ENABLED: true from mesh-config node.py:3 (P2P runs when mode is p2p or distributed, or the dict key is true; the environment is ignored)',
    ],
    old,
  ],
  [
    call('mode="p2p", config={"p2p_enabled": False}'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      '  P2P_ENABLED: false from mesh-config node.py:3 (P2P runs when mode is p2p or distributed, or the dict key is true; the environment is ignored)',
    ],
    old,
  ],
  [
    call('config={"p2p_enabled": flag}'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P unknown',
      '  P2P_ENABLED: null from mesh-config node.py:3 (set, value unknown: "flag" is not a constant of this file; P2P runs when mode is p2p or distributed, or the dict key is true; the environment is ignored)',
    ],
    old,
  ],
  [call('config=more'), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P unknown; not all known'], old],
  [
    { ...env('P2P_ENABLED=true'), ...call('') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P off; reads .env',
      '  P2P_ENABLED: true from env-file .env:1, ignored (P2P runs when mode is p2p or distributed, or the dict key is true; the environment is ignored)',
    ],
    old,
  ],
  [
    {
      'app.py':
        'from fastapi import FastAPI\nfrom jarviscore.integrations import JarvisLifespan\n\napp = FastAPI(lifespan=JarvisLifespan(agent))\n',
    },
    ['app (lifespan, python) app.py:4:24; 127.0.0.1:7946 + 1000, P2P on'],
    old,
  ],
  [
    {
      'app.py':
        'from fastapi import FastAPI\nfrom jarviscore.integrations import JarvisLifespan\n\napp = FastAPI(lifespan=JarvisLifespan(agent, mode="autonomous"))\n',
    },
    ['app (lifespan, python) app.py:4:24; 127.0.0.1:7946 + 1000, P2P off'],
    old,
  ],
  [call(''), ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on'], { target: '1.1.0' }],
]);

resolves('./.env', [
  [
    { ...env('JARVISCORE_BIND_PORT=7950'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7950 + 1000, P2P on; reads .env',
      '  JARVISCORE_BIND_PORT: 7950 from env-file .env:1',
    ],
  ],
  [
    { ...env('jarviscore_bind_port=7950'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7950 + 1000, P2P on; reads .env',
      '  JARVISCORE_BIND_PORT: 7950 from env-file .env:1',
    ],
  ],
  [
    { ...env('JARVISCORE_BIND_PORT=1', 'jarviscore_bind_port=2', 'JARVISCORE_BIND_PORT=3'), ...mesh() },
    ['node (mesh, python) node.py:3:8; 127.0.0.1:2 + 1000, P2P on; reads .env', '  JARVISCORE_BIND_PORT: 2 from env-file .env:2'],
  ],
  [
    { ...env('browser_stealth_enabled=true', 'BROWSER_CAPTURE_ENABLED=false'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  BROWSER_CAPTURE_ENABLED: false from env-file .env:2 (read directly from the process environment; Mesh.start() exports ./.env first)',
    ],
  ],
  [
    { ...env('JARVISCORE_BIND_PORT=x', 'P2P_ENABLED=perhaps', 'LLM_TIMEOUT=fast'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:? + 1000, P2P unknown; reads .env',
      '  JARVISCORE_BIND_PORT: refused (not an integer) from env-file .env:1',
      '  P2P_ENABLED: refused (not a boolean: true/false, 1/0, on/off, yes/no, y/n, t/f are accepted) from env-file .env:2 (default true; dict key wins)',
      '  LLM_TIMEOUT: refused (not a number) from env-file .env:3',
    ],
  ],
  [
    { ...env('JARVISCORE_BIND_PORT', 'LOG_LEVEL='), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  LOG_LEVEL: "" from env-file .env:2, ignored (no reader; logging stays at the application\'s level (run with 3.0.0))',
    ],
  ],
  [
    { 'src/.env': 'JARVISCORE_BIND_PORT=1\n', '.env': 'JARVISCORE_BIND_PORT=2\n', ...mesh('', 'src/node.py') },
    [
      'node (mesh, python) src/node.py:3:8; 127.0.0.1:1 + 1000, P2P on; reads src/.env',
      '  JARVISCORE_BIND_PORT: 1 from env-file src/.env:1',
      'w (launch, python) .env:1:1; 127.0.0.1:2 + 1000, P2P unknown; reads .env; not all known',
      '  JARVISCORE_BIND_PORT: 2 from env-file .env:1',
    ],
  ],
  [
    { '.env': 'JARVISCORE_BIND_PORT=2\n', ...mesh('', 'src/deep/node.py') },
    [
      'node (mesh, python) src/deep/node.py:3:8; 127.0.0.1:2 + 1000, P2P on; reads .env',
      '  JARVISCORE_BIND_PORT: 2 from env-file .env:1',
    ],
  ],
  [
    { 'other/.env': 'JARVISCORE_BIND_PORT=1\n', ...mesh('', 'src/node.py') },
    [
      'node (mesh, python) src/node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      'other (launch, python) other/.env:1:1; 127.0.0.1:1 + 1000, P2P unknown; reads other/.env; not all known',
      '  JARVISCORE_BIND_PORT: 1 from env-file other/.env:1',
    ],
  ],
  [{ '.env.local': 'JARVISCORE_BIND_PORT=1\n', ...mesh() }, ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on']],
  [{ '.env.example': 'JARVISCORE_BIND_PORT=1\n', ...mesh() }, ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on']],
]);

resolves('env files that nobody reads', [
  [
    env('JARVISCORE_BIND_PORT=7950'),
    [
      'w (launch, python) .env:1:1; 127.0.0.1:7950 + 1000, P2P unknown; reads .env; not all known',
      '  JARVISCORE_BIND_PORT: 7950 from env-file .env:1',
    ],
  ],
  [
    { 'alpha/.env': 'JARVISCORE_BIND_PORT=1\n', 'my%20fleet/.env': 'JARVISCORE_BIND_PORT=2\n' },
    [
      'alpha (launch, python) alpha/.env:1:1; 127.0.0.1:1 + 1000, P2P unknown; reads alpha/.env; not all known',
      '  JARVISCORE_BIND_PORT: 1 from env-file alpha/.env:1',
      'my fleet (launch, python) my%20fleet/.env:1:1; 127.0.0.1:2 + 1000, P2P unknown; reads my%20fleet/.env; not all known',
      '  JARVISCORE_BIND_PORT: 2 from env-file my%20fleet/.env:1',
    ],
  ],
  [
    { 'alpha/worker.env': 'LOG_LEVEL=INFO\n' },
    [
      'alpha (launch, python) alpha/worker.env:1:1; 127.0.0.1:7946 + 1000, P2P unknown; reads alpha/worker.env; not all known',
      '  LOG_LEVEL: "INFO" from env-file alpha/worker.env:1, ignored (no reader; logging stays at the application\'s level (run with 3.0.0))',
    ],
  ],
  [
    {
      'alpha/.env': 'LOG_LEVEL=INFO\n',
      'alpha/worker.env': 'JARVISCORE_BIND_PORT=1\n',
      'alpha/.env.hub': 'JARVISCORE_SEED_NODES=a:1\n',
      'alpha/.env.prod': 'JARVISCORE_BIND_PORT=1\n',
      'alpha/other.env': 'LOG_LEVEL=INFO\n',
    },
    [
      'alpha (launch, python) alpha/.env:1:1; 127.0.0.1:7946 + 1000, P2P unknown; reads alpha/.env; not all known',
      '  LOG_LEVEL: "INFO" from env-file alpha/.env:1, ignored (no reader; logging stays at the application\'s level (run with 3.0.0))',
      'worker (launch, python) alpha/worker.env:1:1; 127.0.0.1:1 + 1000, P2P unknown; reads alpha/worker.env; not all known',
      '  JARVISCORE_BIND_PORT: 1 from env-file alpha/worker.env:1',
      'hub (launch, python) alpha/.env.hub:1:1; 127.0.0.1:7946 + 1000, P2P unknown; seeds a:1; reads alpha/.env.hub; not all known',
      '  JARVISCORE_SEED_NODES: "a:1" from env-file alpha/.env.hub:1',
    ],
  ],
  [{ ...mesh(), 'worker.env': 'JARVISCORE_BIND_PORT=1\n' }, ['node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on']],
  [
    { 'a.env': 'JARVISCORE_BIND_HOST=h\n', 'staging.env': 'JARVISCORE_BIND_PORT=1\n', '.env.test-2': 'JARVISCORE_BIND_PORT=1\n' },
    [
      'a (launch, python) a.env:1:1; h:7946 + 1000, P2P unknown; reads a.env; not all known',
      '  JARVISCORE_BIND_HOST: "h" from env-file a.env:1',
    ],
  ],
]);

resolves('load_dotenv', [
  [
    { ...env('JARVISCORE_BIND_PORT=1', 'ATHENA_TENANT_ID=t'), ...after('load_dotenv()') },
    [
      'node (mesh, python) node.py:6:8; 127.0.0.1:1 + 1000, P2P on; reads .env',
      '  JARVISCORE_BIND_PORT: 1 from env-file .env:1',
      '    over 1 from env-file .env:1',
      '  ATHENA_TENANT_ID: "t" from env-file .env:2 (a line that stands only in .env is not seen by Mesh (run with 1.14.1))',
      '    over "t" from env-file .env:2 (a line that stands only in .env is not seen by Mesh (run with 1.14.1))',
    ],
    { target: '2.1.1' },
  ],
  [
    { ...env('ATHENA_TENANT_ID=t'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  ATHENA_TENANT_ID: "t" from env-file .env:1, ignored (read from the process environment only; 2.1.1 does not export .env (Mesh.start() does from 2.2.0 on))',
    ],
    { target: '2.1.1' },
  ],
  [
    { 'a.env': 'JARVISCORE_BIND_PORT=1\n', ...env('JARVISCORE_BIND_PORT=2'), ...after('load_dotenv("a.env")') },
    [
      'node (mesh, python) node.py:6:8; 127.0.0.1:1 + 1000, P2P on; reads .env, a.env',
      '  JARVISCORE_BIND_PORT: 1 from env-file a.env:1',
      '    over 2 from env-file .env:1',
    ],
  ],
  [
    {
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
      'b.env': 'JARVISCORE_BIND_PORT=2\n',
      ...after('load_dotenv("a.env")\nload_dotenv("b.env")'),
    },
    [
      'node (mesh, python) node.py:7:8; 127.0.0.1:1 + 1000, P2P on; reads a.env, b.env',
      '  JARVISCORE_BIND_PORT: 1 from env-file a.env:1',
      '    over 2 from env-file b.env:1',
    ],
  ],
  [
    {
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
      'b.env': 'JARVISCORE_BIND_PORT=2\n',
      ...after('load_dotenv("a.env", override=True)\nload_dotenv("b.env", override=True)'),
    },
    [
      'node (mesh, python) node.py:7:8; 127.0.0.1:2 + 1000, P2P on; reads a.env, b.env',
      '  JARVISCORE_BIND_PORT: 2 from env-file b.env:1',
      '    over 1 from env-file a.env:1',
    ],
  ],
  [
    {
      'a.env': 'JARVISCORE_BIND_PORT=1\n',
      ...after('os.environ["JARVISCORE_BIND_PORT"] = "5"\nload_dotenv("a.env", override=True)'),
    },
    [
      'node (mesh, python) node.py:7:8; 127.0.0.1:5 + 1000, P2P on; reads a.env',
      '  JARVISCORE_BIND_PORT: 5 from process-env node.py:5',
      '    over 1 from env-file a.env:1',
    ],
  ],
  [
    { 'conf/a.env': 'JARVISCORE_BIND_PORT=1\n', ...after('load_dotenv("./conf/a.env")') },
    [
      'node (mesh, python) node.py:6:8; 127.0.0.1:1 + 1000, P2P on; reads conf/a.env',
      '  JARVISCORE_BIND_PORT: 1 from env-file conf/a.env:1',
    ],
  ],
  [
    { ...after('load_dotenv("/etc/a.env")\nload_dotenv("missing.env")') },
    ['node (mesh, python) node.py:7:8; 127.0.0.1:7946 + 1000, P2P on'],
  ],
]);

resolves('os.environ', [
  [
    sets({ JARVISCORE_BIND_PORT: '7950' }),
    ['node (mesh, python) node.py:5:8; 127.0.0.1:7950 + 1000, P2P on', '  JARVISCORE_BIND_PORT: 7950 from process-env node.py:4'],
  ],
  [
    { ...env('JARVISCORE_BIND_PORT=1'), ...sets({ JARVISCORE_BIND_PORT: '7950' }) },
    [
      'node (mesh, python) node.py:5:8; 127.0.0.1:7950 + 1000, P2P on; reads .env',
      '  JARVISCORE_BIND_PORT: 7950 from process-env node.py:4',
      '    over 1 from env-file .env:1',
    ],
  ],
  [
    { ...env('JARVISCORE_BIND_PORT=1'), ...after('os.environ.setdefault("JARVISCORE_BIND_PORT", "5")') },
    [
      'node (mesh, python) node.py:6:8; 127.0.0.1:5 + 1000, P2P on; reads .env',
      '  JARVISCORE_BIND_PORT: 5 from process-env node.py:5',
      '    over 1 from env-file .env:1',
    ],
  ],
  [
    after('os.environ.setdefault("JARVISCORE_BIND_PORT", "5")'),
    ['node (mesh, python) node.py:6:8; 127.0.0.1:5 + 1000, P2P on', '  JARVISCORE_BIND_PORT: 5 from process-env node.py:5'],
  ],
  [
    after('os.environ["JARVISCORE_BIND_PORT"] = port()'),
    [
      'node (mesh, python) node.py:6:8; 127.0.0.1:? + 1000, P2P on',
      '  JARVISCORE_BIND_PORT: null from process-env node.py:5 (set, value unknown: result of a call)',
    ],
  ],
  [
    { ...after('os.environ["JARVISCORE_BIND_PORT"] = "5"', '"bind_port": 6') },
    [
      'node (mesh, python) node.py:6:8; 127.0.0.1:6 + 1000, P2P on',
      '  JARVISCORE_BIND_PORT: 6 from mesh-config node.py:6',
      '    over 5 from process-env node.py:5',
    ],
  ],
]);

resolves('which origin counts', [
  [
    { ...env('EXECUTION_TIMEOUT=60'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  EXECUTION_TIMEOUT: 60 from env-file .env:1, ignored (AutoAgent reads the raw Mesh dict; environment and .env are parsed and not used (run with 1.14.1 and 3.0.0))',
    ],
  ],
  [
    { ...env('LOG_LEVEL=DEBUG'), ...mesh('"log_level": "INFO"') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  LOG_LEVEL: "INFO" from mesh-config node.py:3, ignored (no reader; logging stays at the application\'s level (run with 3.0.0))',
      '    over "DEBUG" from env-file .env:1, ignored (no reader; logging stays at the application\'s level (run with 3.0.0))',
    ],
  ],
  [
    { ...env('CONTROL_MODE=strict'), ...mesh('"control_mode": "off"') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  CONTROL_MODE: "strict" from env-file .env:1 (taken from the settings object made at import; a Mesh dict key is not read)',
      '    over "off" from mesh-config node.py:3, ignored (taken from the settings object made at import; a Mesh dict key is not read)',
    ],
  ],
  [
    { ...env('NEXUS_SECRET=abcdefgh'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  NEXUS_SECRET: "<set>" from env-file .env:1, ignored (read from the process environment only; 2.1.1 does not export .env (Mesh.start() does from 2.2.0 on))',
    ],
    { target: '2.1.1' },
  ],
  [
    { ...env('BROWSER_ATTACH_TIMEOUT_MS=5'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  BROWSER_ATTACH_TIMEOUT_MS: 5 from env-file .env:1, perhaps (read once while its module is imported: it counts only when .env was exported before that)',
    ],
  ],
  [
    { ...env('BROWSER_ATTACH_TIMEOUT_MS=5'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  BROWSER_ATTACH_TIMEOUT_MS: 5 from env-file .env:1, perhaps (read once while its module is imported: it counts only when .env was exported before that)',
    ],
    { target: '2.2.0' },
  ],
  [
    { ...env('ATHENA_PORT=5', 'ATHENA_REDIS_PORT=6', 'POSTGRES_USER=a'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  ATHENA_PORT: 5 from env-file .env:1 (read by the command line only)',
      '  ATHENA_REDIS_PORT: 6 from env-file .env:2 (used by the bundled compose file, not by the running node)',
      '  POSTGRES_USER: "a" from env-file .env:3, perhaps (means something inside a bundled container only)',
    ],
  ],
  [
    { ...env('BROWSER_STEALTH_ENABLED=true'), ...joins('endpoint="a:1"') },
    [
      'agent (join-mesh, python) agent.py:5:11; 127.0.0.1:7946 + 1000, P2P on; seeds a:1; reads .env',
      '  BROWSER_STEALTH_ENABLED: true from env-file .env:1, ignored (read from the process environment only; join_mesh() exports no .env)',
    ],
  ],
  [
    mesh('"browser_stealth_enabled": True, "athena_tenant_id": "t", "storage_backend": "local"'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      '  ATHENA_TENANT_ID: "t" from mesh-config node.py:3, ignored (only the process environment is read, not the Mesh dict)',
      '  STORAGE_BACKEND: "local" from mesh-config node.py:3 (the Mesh dict key works too; redis added as a value)',
    ],
  ],
]);

resolves('JSON, which sources share', [
  [
    { ...env('LLM_LIMITS={"azure:a":{"rpm":1}}'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  LLM_LIMITS: {"azure:a":{"rpm":1}} from env-file .env:1',
    ],
  ],
  [
    { ...env('LLM_LIMITS={"azure:a":{"rpm":1,"tpm":2}}'), ...sets({ LLM_LIMITS: '{"azure:a":{"rpm":9},"azure:b":{"rpm":3}}' }) },
    [
      'node (mesh, python) node.py:5:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  LLM_LIMITS: {"azure:a":{"rpm":9,"tpm":2},"azure:b":{"rpm":3}} from process-env node.py:4',
      '    over {"azure:a":{"rpm":1,"tpm":2}} from env-file .env:1',
    ],
  ],
  [
    { ...env('LLM_LIMITS={broken'), ...sets({ LLM_LIMITS: '{"azure:a":{"rpm":9}}' }) },
    [
      'node (mesh, python) node.py:5:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  LLM_LIMITS: refused (not valid JSON) from process-env node.py:4',
      '    over refused (not valid JSON) from env-file .env:1',
    ],
  ],
  [
    { ...env('LLM_LIMITS={"azure:a":{"rpm":1}}'), ...sets({ LLM_LIMITS: 'null' }) },
    [
      'node (mesh, python) node.py:5:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  LLM_LIMITS: {"azure:a":{"rpm":1}} from env-file .env:1',
      '    over null from process-env node.py:4',
    ],
  ],
  [
    { ...env('LLM_LIMITS={"azure:a":{"rpm":"x"}}'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  LLM_LIMITS: refused (a value is not an integer) from env-file .env:1',
    ],
  ],
  [
    { ...env('LLM_LIMITS={"azure:a":{"rpm":1}}'), ...mesh('"llm_limits": {"azure:b": {"rpm": 2}}') },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  LLM_LIMITS: {"azure:b":{"rpm":2}} from mesh-config node.py:3',
      '    over {"azure:a":{"rpm":1}} from env-file .env:1',
    ],
  ],
  [
    { ...env('APPROVAL_ASSERTION_KEYS={"a":"abcdefgh"}'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  APPROVAL_ASSERTION_KEYS: "<set>" from env-file .env:1 (taken from the settings object made at import; a Mesh dict key is not read)',
    ],
  ],
  [
    { ...env('APPROVAL_ASSERTION_KEYS={"a":5}'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  APPROVAL_ASSERTION_KEYS: refused (not a JSON object of texts) from env-file .env:1 (taken from the settings object made at import; a Mesh dict key is not read)',
    ],
  ],
  [
    { ...env('APPROVAL_ASSERTION_KEYS=x'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  APPROVAL_ASSERTION_KEYS: refused (not valid JSON) from env-file .env:1 (taken from the settings object made at import; a Mesh dict key is not read)',
    ],
  ],
]);

resolves('secrets', [
  [
    { ...env('CLAUDE_API_KEY=sk-ant-abcdefgh', 'NEXUS_SECRET=', 'REDIS_URL=redis://:hunter2hunter2@r'), ...mesh() },
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on; reads .env',
      '  REDIS_URL: "<set>" from env-file .env:3',
      '  CLAUDE_API_KEY: "<set>" from env-file .env:1',
      '  NEXUS_SECRET: "<empty>" from env-file .env:2 (read directly from the process environment; Mesh.start() exports ./.env first)',
    ],
  ],
  [
    mesh('"claude_api_key": "sk-ant-abcdefgh", "nexus_secret": None, "redis_url": "redis://:hunter2hunter2@r"'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      '  REDIS_URL: "<set>" from mesh-config node.py:3',
      '  CLAUDE_API_KEY: "<set>" from mesh-config node.py:3',
    ],
  ],
  [
    mesh('"claude_api_key": key'),
    [
      'node (mesh, python) node.py:3:8; 127.0.0.1:7946 + 1000, P2P on',
      '  CLAUDE_API_KEY: "<set>" from mesh-config node.py:3 (set, value unknown: "key" is not a constant of this file)',
    ],
  ],
]);
