/** What the rules of config/rules/python/mesh.ts say. */

import { call, reads } from '../pythonWorkspaces.ts';
import { env, joins, mesh } from '../said.ts';
import { says } from '../says.ts';

says('mesh-mode-deprecated', [
  [
    call('mode="p2p"'),
    [
      'node.py:3:13 warning [mode] JarvisCore 3.0.0 accepts mode= with a DeprecationWarning and ignores it; say "p2p_enabled": True in the config.',
      '  asks: Write "p2p_enabled": True instead',
      '    -mesh = Mesh(mode="p2p")',
      '    +mesh = Mesh(config={"p2p_enabled": True})',
    ],
  ],
  [
    call('mode="autonomous"'),
    [
      'node.py:3:13 warning [mode] JarvisCore 3.0.0 accepts mode= with a DeprecationWarning and ignores it; say "p2p_enabled": False in the config.',
      '  asks: Write "p2p_enabled": False instead',
      '    -mesh = Mesh(mode="autonomous")',
      '    +mesh = Mesh(config={"p2p_enabled": False})',
    ],
  ],
  [
    call('mode="cluster"'),
    [
      'node.py:3:13 warning [mode] JarvisCore 3.0.0 accepts mode= with a DeprecationWarning and ignores it; say "p2p_enabled" in the config.',
    ],
  ],
  [
    call('mode=MODE'),
    [
      'node.py:3:13 warning [mode] JarvisCore 3.0.0 accepts mode= with a DeprecationWarning and ignores it; say "p2p_enabled" in the config.',
    ],
  ],
  [call('config={}'), []],
  [call('"p2p"'), []],
  [call('mode="p2p"'), [], { target: '1.0.2' }],
]);

says('mesh-mode-invalid', [
  [
    call('mode="cluster"'),
    ['node.py:3:13 error [mode] "cluster" is no mode; Mesh knows autonomous, distributed, p2p.'],
    { target: '1.0.2' },
  ],
  [
    call('"cluster"'),
    ['node.py:3:13 error [mode] "cluster" is no mode; Mesh knows autonomous, distributed, p2p.'],
    { target: '1.0.2' },
  ],
  [call('mode="p2p"'), [], { target: '1.0.2' }],
  [call('mode=MODE'), [], { target: '1.0.2' }],
  [call('mode="distributed"'), [], { target: '1.0.2' }],
  [call('"autonomous"'), [], { target: '1.0.2' }],
  [call('mode=5'), [], { target: '1.0.2' }],
  [call('config={}'), [], { target: '1.0.2' }],
  [call('mode="cluster"'), [], { target: '1.1.0' }],
]);

says('mesh-positional-mode', [
  [
    call('"p2p"'),
    [
      'node.py:3:13 error [mode] The first argument of Mesh is config since 1.1.0: in JarvisCore 3.0.0 start() fails with an AttributeError on "p2p".',
      '  asks: Write a config dict instead',
      '    -mesh = Mesh("p2p")',
      '    +mesh = Mesh(config={"p2p_enabled": True})',
    ],
  ],
  [
    call('"autonomous"'),
    [
      'node.py:3:13 error [mode] The first argument of Mesh is config since 1.1.0: in JarvisCore 3.0.0 start() fails with an AttributeError on "autonomous".',
      '  asks: Write a config dict instead',
      '    -mesh = Mesh("autonomous")',
      '    +mesh = Mesh(config={"p2p_enabled": False})',
    ],
  ],
  [call('{}'), []],
  [call('mode="p2p"'), []],
  [call('"p2p"'), [], { target: '1.0.2' }],
]);

says('mesh-unknown-kwarg', [
  [
    call('bind_port=7950'),
    [
      'node.py:3:13 warning [bind_port] Mesh() swallows bind_port= without a word; settings belong into config={"bind_port": ...}.',
    ],
  ],
  [
    call('config={}, mode="p2p", name="a", port=1'),
    [
      'node.py:3:36 warning [name] Mesh() swallows name= without a word; settings belong into config={"name": ...}.',
      'node.py:3:46 warning [port] Mesh() swallows port= without a word; settings belong into config={"port": ...}.',
    ],
  ],
  [
    call('bind_port=7950'),
    ['node.py:3:13 error [bind_port] Mesh() has no argument bind_port: it raises a TypeError.'],
    { target: '1.0.2' },
  ],
  [call('{}'), []],
]);

says('join-mesh-unknown-kwarg', [
  [
    joins('endpoint="h:1", port=5'),
    [
      'agent.py:5:43 error [port] join_mesh() has no argument port: it raises a TypeError. It takes endpoint, seed_nodes and config.',
      '  asks: Remove port=',
      '    -    await agent.join_mesh(endpoint="h:1", port=5)',
      '    +    await agent.join_mesh(endpoint="h:1")',
    ],
  ],
  [
    joins('port=5, endpoint="h:1"'),
    [
      'agent.py:5:27 error [port] join_mesh() has no argument port: it raises a TypeError. It takes endpoint, seed_nodes and config.',
      '  asks: Remove port=',
      '    -    await agent.join_mesh(port=5, endpoint="h:1")',
      '    +    await agent.join_mesh(endpoint="h:1")',
    ],
  ],
  [
    joins('port=5'),
    [
      'agent.py:5:27 error [port] join_mesh() has no argument port: it raises a TypeError. It takes endpoint, seed_nodes and config.',
    ],
  ],
  [joins('endpoint="h:1", seed_nodes="h:1", config={}'), []],
]);

says('bind-port-getenv', [
  [
    reads('BIND_PORT'),
    [
      'node.py:4:38 warning [JARVISCORE_BIND_PORT] The script reads BIND_PORT; JarvisCore itself reads JARVISCORE_BIND_PORT, so a fleet ends up with two names for one thing.',
      '  asks: Read JARVISCORE_BIND_PORT',
      '    -mesh = Mesh(config={"bind_port": int(os.getenv("BIND_PORT", "1"))})',
      '    +mesh = Mesh(config={"bind_port": int(os.getenv("JARVISCORE_BIND_PORT", "1"))})',
    ],
  ],
  [
    reads('BIND_HOST'),
    [
      'node.py:4:38 warning [JARVISCORE_BIND_HOST] The script reads BIND_HOST; JarvisCore itself reads JARVISCORE_BIND_HOST, so a fleet ends up with two names for one thing.',
      '  asks: Read JARVISCORE_BIND_HOST',
      '    -mesh = Mesh(config={"bind_port": int(os.getenv("BIND_HOST", "1"))})',
      '    +mesh = Mesh(config={"bind_port": int(os.getenv("JARVISCORE_BIND_HOST", "1"))})',
    ],
  ],
  [
    reads('NODE_NAME'),
    [
      'node.py:4:38 warning [JARVISCORE_NODE_NAME] The script reads NODE_NAME; JarvisCore itself reads JARVISCORE_NODE_NAME, so a fleet ends up with two names for one thing.',
      '  asks: Read JARVISCORE_NODE_NAME',
      '    -mesh = Mesh(config={"bind_port": int(os.getenv("NODE_NAME", "1"))})',
      '    +mesh = Mesh(config={"bind_port": int(os.getenv("JARVISCORE_NODE_NAME", "1"))})',
    ],
  ],
  [
    reads('SEED_NODES'),
    [
      'node.py:4:38 warning [JARVISCORE_SEED_NODES] The script reads SEED_NODES; JarvisCore itself reads JARVISCORE_SEED_NODES, so a fleet ends up with two names for one thing.',
      '  asks: Read JARVISCORE_SEED_NODES',
      '    -mesh = Mesh(config={"bind_port": int(os.getenv("SEED_NODES", "1"))})',
      '    +mesh = Mesh(config={"bind_port": int(os.getenv("JARVISCORE_SEED_NODES", "1"))})',
    ],
  ],
  [reads('JARVISCORE_BIND_PORT'), []],
  [
    {
      'node.py':
        'import os\nfrom jarviscore import Mesh\n\nport = os.environ["BIND_PORT"]\nhost = os.environ.get("BIND_HOST", "h")\nmesh = Mesh(config={"bind_port": port})\n',
    },
    [
      'node.py:4:8 warning [JARVISCORE_BIND_PORT] The script reads BIND_PORT; JarvisCore itself reads JARVISCORE_BIND_PORT, so a fleet ends up with two names for one thing.',
      '  asks: Read JARVISCORE_BIND_PORT',
      '    -port = os.environ["BIND_PORT"]',
      '    +port = os.environ["JARVISCORE_BIND_PORT"]',
      'node.py:5:8 warning [JARVISCORE_BIND_HOST] The script reads BIND_HOST; JarvisCore itself reads JARVISCORE_BIND_HOST, so a fleet ends up with two names for one thing.',
      '  asks: Read JARVISCORE_BIND_HOST',
      '    -host = os.environ.get("BIND_HOST", "h")',
      '    +host = os.environ.get("JARVISCORE_BIND_HOST", "h")',
    ],
  ],
  [{ 'node.py': 'import os\nport = os.getenv("BIND_PORT")\n' }, []],
]);

says('mesh-p2p-implicit', [
  [
    mesh('"bind_port": 7950'),
    [
      'node.py:3:8 info [P2P_ENABLED] P2P starts by default when the p2p extra is installed; say "p2p_enabled" so that the file shows it.',
      '  asks: Add "p2p_enabled": True',
      '    -mesh = Mesh(config={"bind_port": 7950})',
      '    +mesh = Mesh(config={"bind_port": 7950, "p2p_enabled": True})',
    ],
  ],
  [
    mesh('"seed_nodes": "a:1"'),
    [
      'node.py:3:8 info [P2P_ENABLED] P2P starts by default when the p2p extra is installed; say "p2p_enabled" so that the file shows it.',
      '  asks: Add "p2p_enabled": True',
      '    -mesh = Mesh(config={"seed_nodes": "a:1"})',
      '    +mesh = Mesh(config={"seed_nodes": "a:1", "p2p_enabled": True})',
    ],
  ],
  [
    mesh('"bind_host": "h"'),
    [
      'node.py:3:8 info [P2P_ENABLED] P2P starts by default when the p2p extra is installed; say "p2p_enabled" so that the file shows it.',
      '  asks: Add "p2p_enabled": True',
      '    -mesh = Mesh(config={"bind_host": "h"})',
      '    +mesh = Mesh(config={"bind_host": "h", "p2p_enabled": True})',
    ],
  ],
  [mesh('"node_name": "h"'), []],
  [
    { ...mesh(), 'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n' },
    [
      'node.py:3:8 info [P2P_ENABLED] P2P starts by default when the p2p extra is installed; say "p2p_enabled" so that the file shows it.',
      '  asks: Add "p2p_enabled": True',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"p2p_enabled": True})',
    ],
  ],
  [
    { ...mesh(), 'requirements.txt': 'jarviscore-framework[all]==3.0.0\n' },
    [
      'node.py:3:8 info [P2P_ENABLED] P2P starts by default when the p2p extra is installed; say "p2p_enabled" so that the file shows it.',
      '  asks: Add "p2p_enabled": True',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"p2p_enabled": True})',
    ],
  ],
  [{ ...mesh(), 'requirements.txt': 'jarviscore-framework[redis]==3.0.0\n' }, []],
  [mesh('"p2p_enabled": True, "bind_port": 7950'), []],
  [mesh('"bind_port": 7950, **more'), []],
  [joins('endpoint="h:1", config={"bind_port": 7950}'), []],
  [mesh('"bind_port": 7950'), [], { target: '1.0.2' }],
]);

says('mesh-p2p-disabled-but-ports', [
  [
    mesh('"p2p_enabled": False, "bind_port": 7950'),
    [
      'node.py:3:56 info [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT has no effect: P2P is off for node.',
      '  see node.py:3:36 P2P_ENABLED',
      '  asks: Switch P2P on',
      '    -mesh = Mesh(config={"p2p_enabled": False, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
    ],
  ],
  [
    mesh('"p2p_enabled": False, "seed_nodes": "a:1"'),
    [
      'node.py:3:57 info [JARVISCORE_SEED_NODES] JARVISCORE_SEED_NODES has no effect: P2P is off for node.',
      '  see node.py:3:36 P2P_ENABLED',
      '  asks: Switch P2P on',
      '    -mesh = Mesh(config={"p2p_enabled": False, "seed_nodes": "a:1"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "seed_nodes": "a:1"})',
    ],
  ],
  [
    mesh('"p2p_enabled": False, "seed_nodes": "a:1", "bind_port": 7950'),
    [
      'node.py:3:77 info [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT has no effect: P2P is off for node.',
      '  see node.py:3:36 P2P_ENABLED',
      '  asks: Switch P2P on',
      '    -mesh = Mesh(config={"p2p_enabled": False, "seed_nodes": "a:1", "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "seed_nodes": "a:1", "bind_port": 7950})',
    ],
  ],
  [mesh('"p2p_enabled": False, "bind_host": "h"'), []],
  [mesh('"p2p_enabled": True, "bind_port": 7950'), []],
  [
    { ...env('P2P_ENABLED=false', 'JARVISCORE_BIND_PORT=7950'), ...mesh() },
    [
      '.env:2:22 info [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT has no effect: P2P is off for node.',
      '  see .env:1:13 P2P_ENABLED',
      '  asks: Switch P2P on',
      '    -P2P_ENABLED=false',
      '    +P2P_ENABLED=true',
    ],
  ],
  [env('P2P_ENABLED=false', 'JARVISCORE_BIND_PORT=7950'), []],
]);

says('mesh-p2p-102-mode', [
  [
    mesh('"bind_port": 7950'),
    [
      'node.py:3:22 warning [bind_port] "bind_port" has no effect in autonomous mode; use mode="p2p" or "p2p_enabled": True.',
      '  asks: Add "p2p_enabled": True',
      '    -mesh = Mesh(config={"bind_port": 7950})',
      '    +mesh = Mesh(config={"bind_port": 7950, "p2p_enabled": True})',
    ],
    { target: '1.0.2' },
  ],
  [
    call('mode="autonomous", config={"seed_nodes": "a:1"}'),
    [
      'node.py:3:41 warning [seed_nodes] "seed_nodes" has no effect in autonomous mode; use mode="p2p" or "p2p_enabled": True.',
      '  asks: Add "p2p_enabled": True',
      '    -mesh = Mesh(mode="autonomous", config={"seed_nodes": "a:1"})',
      '    +mesh = Mesh(mode="autonomous", config={"seed_nodes": "a:1", "p2p_enabled": True})',
    ],
    { target: '1.0.2' },
  ],
  [call('"autonomous", {"bind_host": "h"}'), [], { target: '1.0.2' }],
  [call('mode="p2p", config={"seed_nodes": "a:1"}'), [], { target: '1.0.2' }],
  [call('mode=MODE, config={"seed_nodes": "a:1"}'), [], { target: '1.0.2' }],
  [mesh('"bind_port": 7950, "p2p_enabled": False'), [], { target: '1.0.2' }],
  [mesh('"bind_port": 7950, **more'), [], { target: '1.0.2' }],
  [mesh('"node_name": "a"'), [], { target: '1.0.2' }],
]);

says('mesh-serve-forever-p2p', [
  [
    { 'node.py': 'from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": True})\nawait mesh.serve_forever()\n' },
    [
      'node.py:4:12 error [P2P_ENABLED] serve_forever() raises when P2P is on, because the mode has become "p2p"; wait for an event of your own instead.',
      '  see node.py:3:36 P2P is on here',
    ],
  ],
  [{ 'node.py': 'from jarviscore import Mesh\n\nmesh = Mesh(config={"bind_port": 7950})\nawait mesh.serve_forever()\n' }, []],
  [{ 'node.py': 'from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": False})\nawait mesh.serve_forever()\n' }, []],
  [mesh('"p2p_enabled": True'), []],
]);

says('mesh-peers-local-only', [
  [
    mesh('"p2p_enabled": True, "seed_nodes": "a:1"'),
    [
      'node.py:3:8 warning In JarvisCore 1.4.1 agents of a Mesh never see agents of other nodes (fixed in 1.5.0); upgrade, or use Agent.join_mesh().',
    ],
    { target: '1.4.1' },
  ],
  [mesh('"p2p_enabled": True, "seed_nodes": "a:1"'), [], { target: '1.5.0' }],
  [mesh('"p2p_enabled": True'), [], { target: '1.4.1' }],
  [mesh('"p2p_enabled": False, "seed_nodes": "a:1"'), [], { target: '1.4.1' }],
  [joins('seed_nodes="a:1"'), [], { target: '1.4.1' }],
]);

says('mesh-notify-lost', [
  [
    {
      'node.py':
        'from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": True, "seed_nodes": "a:1"})\nawait peers.notify("a", {})\n',
    },
    [
      'node.py:4:13 warning JarvisCore 1.13.0 does not decode notify() that arrives from another node: it is lost (fixed in 1.13.1).',
    ],
    { target: '1.13.0' },
  ],
  [
    {
      'node.py':
        'from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": True, "seed_nodes": "a:1"})\nawait peers.broadcast({})\n',
    },
    [
      'node.py:4:13 warning JarvisCore 1.13.0 does not decode broadcast() that arrives from another node: it is lost (fixed in 1.13.1).',
    ],
    { target: '1.13.0' },
  ],
  [
    { 'node.py': 'from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": True})\nawait peers.broadcast({})\n' },
    [],
    { target: '1.13.0' },
  ],
  [
    {
      'node.py':
        'from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": False, "seed_nodes": "a:1"})\nawait peers.notify("a", {})\n',
    },
    [],
    { target: '1.13.0' },
  ],
  [mesh('"p2p_enabled": True, "seed_nodes": "a:1"'), [], { target: '1.13.0' }],
]);

says('join-mesh-endpoint-overridden', [
  [
    joins('endpoint="h:1", seed_nodes="a:1"'),
    ['agent.py:5:27 info [JARVISCORE_SEED_NODES] The seed list beats endpoint=, which is ignored here.'],
  ],
  [
    joins('endpoint="h:1", config={"seed_nodes": "a:1"}'),
    [
      'agent.py:5:27 info [JARVISCORE_SEED_NODES] The seed list beats endpoint=, which is ignored here.',
      '  see agent.py:5:65 The seed list',
    ],
  ],
  [joins('endpoint="h:1"'), []],
  [joins('endpoint=None, seed_nodes="a:1"'), []],
  [joins('endpoint=where, seed_nodes="a:1"'), []],
  [
    { ...env('JARVISCORE_SEED_NODES=a:1'), ...joins('endpoint="h:1"') },
    [
      'agent.py:5:27 info [JARVISCORE_SEED_NODES] The seed list beats endpoint=, which is ignored here.',
      '  see .env:1:23 The seed list',
    ],
  ],
  [
    {
      'agent.py':
        'import os\nfrom jarviscore.profiles import CustomAgent\n\nos.environ["JARVISCORE_SEED_NODES"] = "a:1"\n\nasync def main():\n    agent = CustomAgent()\n    await agent.join_mesh(endpoint="h:1")\n',
    },
    [
      'agent.py:8:27 info [JARVISCORE_SEED_NODES] The seed list beats endpoint=, which is ignored here.',
      '  see agent.py:4:39 The seed list',
    ],
  ],
]);

says('join-mesh-no-seed', [
  [
    joins('config={"seed_nodes": "a:1"}'),
    [
      'agent.py:5:11 error [JARVISCORE_SEED_NODES] join_mesh() takes its seed from an argument or the process environment; the dict alone does not count, and it raises.',
      '  see agent.py:5:49 Not read by join_mesh()',
    ],
  ],
  [
    { ...env('JARVISCORE_SEED_NODES=a:1'), ...joins() },
    [
      'agent.py:5:11 error [JARVISCORE_SEED_NODES] join_mesh() takes its seed from an argument or the process environment; the .env file alone does not count, and it raises.',
      '  see .env:1:23 Not read by join_mesh()',
    ],
  ],
  [
    { ...env('JARVISCORE_MESH_ENDPOINT=a:1'), ...joins() },
    [
      'agent.py:5:11 error [JARVISCORE_SEED_NODES] join_mesh() takes its seed from an argument or the process environment; the .env file alone does not count, and it raises.',
    ],
  ],
  [joins(), []],
  [joins('"h:1", config={"seed_nodes": "a:1"}'), []],
  [joins('None, "h:1", config={"seed_nodes": "a:1"}'), []],
  [joins('endpoint="h:1", config={"seed_nodes": "a:1"}'), []],
  [joins('config={"seed_nodes": "a:1", **more}'), []],
  [
    {
      'agent.py':
        'import os\nfrom jarviscore.profiles import CustomAgent\n\nasync def main(agent):\n    os.getenv("JARVISCORE_SEED_NODES")\n    await agent.join_mesh(config={"seed_nodes": "a:1"})\n',
    },
    [],
  ],
  [
    {
      'agent.py':
        'import os\nfrom jarviscore.profiles import CustomAgent\n\nasync def main(agent):\n    os.getenv("JARVISCORE_NODE_NAME")\n    await agent.join_mesh(config={"seed_nodes": "a:1"})\n',
    },
    [
      'agent.py:6:11 error [JARVISCORE_SEED_NODES] join_mesh() takes its seed from an argument or the process environment; the dict alone does not count, and it raises.',
      '  see agent.py:6:49 Not read by join_mesh()',
    ],
  ],
  [
    {
      'agent.py':
        'from dotenv import load_dotenv\nfrom jarviscore.profiles import CustomAgent\n\nload_dotenv()\n\nasync def main(agent):\n    await agent.join_mesh(config={"seed_nodes": "a:1"})\n',
    },
    [],
  ],
  [
    {
      'agent.py':
        'import os\nfrom jarviscore.profiles import CustomAgent\n\nos.environ["JARVISCORE_SEED_NODES"] = "a:1"\n\nasync def main(agent):\n    await agent.join_mesh(config={})\n',
    },
    [],
  ],
]);

says('mesh-config-overrides-env', [
  [
    { ...env('JARVISCORE_BIND_PORT=7951'), ...mesh('"bind_port": 7950') },
    [
      'node.py:3:22 hint [bind_port] The dict wins over JARVISCORE_BIND_PORT of the environment, which has another value.',
      '  see .env:1:22 Hidden by the Mesh dict',
    ],
  ],
  [{ ...env('JARVISCORE_BIND_PORT=7950'), ...mesh('"bind_port": 7950') }, []],
  [{ ...env('JARVISCORE_BIND_PORT=7951'), ...mesh('"bind_port": port') }, []],
  [{ ...env('EXECUTION_TIMEOUT=7951'), ...mesh('"execution_timeout": 7950') }, []],
  [mesh('"bind_port": 7950'), []],
  [
    { ...env('JARVISCORE_BIND_PORT=7951', 'JARVISCORE_NODE_NAME=b'), ...mesh('"bind_port": 7950, "node_name": "a"') },
    [
      'node.py:3:22 hint [bind_port] The dict wins over JARVISCORE_BIND_PORT of the environment, which has another value.',
      '  see .env:1:22 Hidden by the Mesh dict',
      'node.py:3:41 hint [node_name] The dict wins over JARVISCORE_NODE_NAME of the environment, which has another value.',
      '  see .env:2:22 Hidden by the Mesh dict',
    ],
  ],
]);
