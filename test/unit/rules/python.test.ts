/** Mesh, join_mesh and JarvisLifespan in Python: calls, keys of the dict, and what each release makes of them. */
import { env, joins, mesh } from './said.ts';
import { says } from './says.ts';
import type { Files } from './workspace.ts';

/** A program with one Mesh, built with these arguments. */
const call = (args: string): Files => ({ 'node.py': `from jarviscore import Mesh\n\nmesh = Mesh(${args})\n` });
/** A program that takes its port from a variable. */
const reads = (name: string): Files => ({
  'node.py': `import os\nfrom jarviscore import Mesh\n\nmesh = Mesh(config={"bind_port": int(os.getenv("${name}", "1"))})\n`,
});

says('mesh-config-env-name', [
  [
    mesh('"BIND_PORT": 7950'),
    [
      'node.py:3:22 error [BIND_PORT] "BIND_PORT" is an environment name; the dict key is "bind_port", this one is ignored.',
      '  asks: Rename to "bind_port"',
      '    -mesh = Mesh(config={"BIND_PORT": 7950})',
      '    +mesh = Mesh(config={"bind_port": 7950})',
    ],
  ],
  [
    mesh('"JARVISCORE_BIND_PORT": 7950'),
    [
      'node.py:3:22 error [JARVISCORE_BIND_PORT] "JARVISCORE_BIND_PORT" is an environment name; the dict key is "bind_port", this one is ignored.',
      '  asks: Rename to "bind_port"',
      '    -mesh = Mesh(config={"JARVISCORE_BIND_PORT": 7950})',
      '    +mesh = Mesh(config={"bind_port": 7950})',
    ],
  ],
  [
    mesh('"jarviscore_bind_port": 7950'),
    [
      'node.py:3:22 error [jarviscore_bind_port] "jarviscore_bind_port" is an environment name; the dict key is "bind_port", this one is ignored.',
      '  asks: Rename to "bind_port"',
      '    -mesh = Mesh(config={"jarviscore_bind_port": 7950})',
      '    +mesh = Mesh(config={"bind_port": 7950})',
    ],
  ],
  [
    mesh('\n    "BIND_PORT": 7950,\n    "bind_port": 7951,\n    "node_name": "a",\n'),
    [
      'node.py:4:6 error [BIND_PORT] "BIND_PORT" is an environment name; the dict key is "bind_port", this one is ignored.',
      '  asks: Remove "BIND_PORT"',
      '    -    "BIND_PORT": 7950,',
    ],
  ],
  [
    mesh('"LOG_LEVEL": "INFO"'),
    [
      'node.py:3:22 error [LOG_LEVEL] "LOG_LEVEL" is an environment name; the dict key is "log_level", this one is ignored.',
      '  asks: Rename to "log_level"',
      '    -mesh = Mesh(config={"LOG_LEVEL": "INFO"})',
      '    +mesh = Mesh(config={"log_level": "INFO"})',
    ],
  ],
  [mesh('"bind_port": 7950'), []],
  [mesh('"SOMETHING": 1'), []],
  [mesh('"Bind_Port": 1'), []],
  [
    mesh('"BIND_PORT": 7950, "bind_port": 7951'),
    ['node.py:3:22 error [BIND_PORT] "BIND_PORT" is an environment name; the dict key is "bind_port", this one is ignored.'],
  ],
  [
    { 'node.py': 'from jarviscore import Mesh\na = Mesh(config={"BIND_PORT": 1})\nb = Mesh(config={"bind_port": 2})\n' },
    [
      'node.py:2:19 error [BIND_PORT] "BIND_PORT" is an environment name; the dict key is "bind_port", this one is ignored.',
      '  asks: Rename to "bind_port"',
      '    -a = Mesh(config={"BIND_PORT": 1})',
      '    +a = Mesh(config={"bind_port": 1})',
    ],
  ],
]);

says('mesh-config-unknown-key', [
  [
    mesh('"bind_prot": 7950'),
    [
      'node.py:3:22 warning [bind_prot] JarvisCore 3.0.0 reads no key "bind_prot"; did you mean "bind_port"?',
      '  asks: Rename to "bind_port"',
      '    -mesh = Mesh(config={"bind_prot": 7950})',
      '    +mesh = Mesh(config={"bind_port": 7950})',
    ],
  ],
  [mesh('"tenant": 7950'), ['node.py:3:22 hint [tenant] JarvisCore 3.0.0 reads no key "tenant"; your own agents may.']],
  [mesh('"auth_mode": "production", "mode": "p2p", "max_parallel": 3, "BIND_PORT": 5'), []],
  [mesh('"abc": 1'), ['node.py:3:22 hint [abc] JarvisCore 3.0.0 reads no key "abc"; your own agents may.']],
  [
    mesh('"approval_assertion_keyz": 1'),
    ['node.py:3:22 hint [approval_assertion_keyz] JarvisCore 2.3.0 reads no key "approval_assertion_keyz"; your own agents may.'],
    { target: '2.3.0' },
  ],
]);

says('mesh-config-dead-key', [
  [mesh('"checkpoint_interval": 1'), ['node.py:3:22 info [checkpoint_interval] Nothing reads "checkpoint_interval".']],
  [
    mesh('\n    "max_parallel": 1,\n    "state_backend": "x",\n    "event_store": 1,\n    "bind_port": 1,\n'),
    [
      'node.py:4:6 info [max_parallel] Nothing reads "max_parallel".',
      '  safe: Remove "max_parallel"',
      '    -    "max_parallel": 1,',
      'node.py:5:6 info [state_backend] Nothing reads "state_backend".',
      '  safe: Remove "state_backend"',
      '    -    "state_backend": "x",',
      'node.py:6:6 info [event_store] Nothing reads "event_store".',
      '  safe: Remove "event_store"',
      '    -    "event_store": 1,',
    ],
  ],
  [mesh('"mode": "p2p"'), ['node.py:3:22 info [mode] Nothing reads "mode" since 1.1.0; "p2p_enabled" decides.']],
  [mesh('"mode": "p2p"'), [], { target: '1.0.2' }],
  [
    {
      'app.py':
        'from fastapi import FastAPI\nfrom jarviscore.integrations import JarvisLifespan\n\napp = FastAPI(lifespan=JarvisLifespan(\n    agent,\n    checkpoint_interval=3,\n    bind_port=7950,\n))\n',
    },
    ['app.py:6:5 info [checkpoint_interval] Nothing reads "checkpoint_interval".'],
  ],
]);

says('mesh-config-type', [
  [mesh('"bind_port": "x"'), ['node.py:3:34 error [bind_port] "bind_port" needs a whole number.']],
  [mesh('"bind_port": "7950"'), []],
  [mesh('"bind_port": [7950]'), ['node.py:3:34 error [bind_port] "bind_port" needs a whole number.']],
  [mesh('"seed_nodes": 5'), ['node.py:3:35 error [seed_nodes] "seed_nodes" needs text or a list of texts.']],
  [mesh('"seed_nodes": ["a:1", 5]'), ['node.py:3:35 error [seed_nodes] "seed_nodes" needs text or a list of texts.']],
  [mesh('"seed_nodes": ["a:1"]'), []],
  [mesh('"bind_host": 5'), ['node.py:3:34 error [bind_host] "bind_host" needs text.']],
  [mesh('"bind_host": "h"'), []],
  [mesh('"llm_limits": "x"'), ['node.py:3:35 error [llm_limits] "llm_limits" needs a dict.']],
  [mesh('"llm_limits": []'), ['node.py:3:35 error [llm_limits] "llm_limits" needs a dict.']],
  [mesh('"llm_limits": {}'), []],
  [
    mesh('"p2p_enabled": "true"'),
    [
      'node.py:3:36 error [p2p_enabled] "p2p_enabled" needs True or False; any text that is not empty counts as true.',
      '  asks: Write True',
      '    -mesh = Mesh(config={"p2p_enabled": "true"})',
      '    +mesh = Mesh(config={"p2p_enabled": True})',
    ],
  ],
  [
    mesh('"p2p_enabled": "off"'),
    [
      'node.py:3:36 error [p2p_enabled] "p2p_enabled" needs True or False; any text that is not empty counts as true.',
      '  asks: Write False',
      '    -mesh = Mesh(config={"p2p_enabled": "off"})',
      '    +mesh = Mesh(config={"p2p_enabled": False})',
    ],
  ],
  [
    mesh('"p2p_enabled": "perhaps"'),
    ['node.py:3:36 error [p2p_enabled] "p2p_enabled" needs True or False; any text that is not empty counts as true.'],
  ],
  [mesh('"p2p_enabled": ""'), []],
  [mesh('"p2p_enabled": 1'), []],
  [
    mesh('"keepalive_enabled": "no"'),
    [
      'node.py:3:42 error [keepalive_enabled] "keepalive_enabled" needs True or False; any text that is not empty counts as true.',
      '  asks: Write False',
      '    -mesh = Mesh(config={"keepalive_enabled": "no"})',
      '    +mesh = Mesh(config={"keepalive_enabled": False})',
    ],
  ],
  [
    mesh('"allow_zero_peers": "yes"'),
    [
      'node.py:3:41 error [allow_zero_peers] "allow_zero_peers" needs True or False; any text that is not empty counts as true.',
      '  asks: Write True',
      '    -mesh = Mesh(config={"allow_zero_peers": "yes"})',
      '    +mesh = Mesh(config={"allow_zero_peers": True})',
    ],
  ],
  [
    mesh('"zmq_port_offset": "1000"'),
    [
      'node.py:3:40 error [zmq_port_offset] "zmq_port_offset" needs a number, nothing converts text here.',
      '  asks: Write 1000',
      '    -mesh = Mesh(config={"zmq_port_offset": "1000"})',
      '    +mesh = Mesh(config={"zmq_port_offset": 1000})',
    ],
  ],
  [
    mesh('"zmq_port_offset": "x"'),
    ['node.py:3:40 error [zmq_port_offset] "zmq_port_offset" needs a number, nothing converts text here.'],
  ],
  [
    mesh('"zmq_port_offset": True'),
    ['node.py:3:40 error [zmq_port_offset] "zmq_port_offset" needs a number, nothing converts text here.'],
  ],
  [
    mesh('"keepalive_interval": "90"'),
    [
      'node.py:3:43 error [keepalive_interval] "keepalive_interval" needs a number, nothing converts text here.',
      '  asks: Write 90',
      '    -mesh = Mesh(config={"keepalive_interval": "90"})',
      '    +mesh = Mesh(config={"keepalive_interval": 90})',
    ],
  ],
  [
    mesh('"keepalive_timeout": "9.5"'),
    [
      'node.py:3:42 error [keepalive_timeout] "keepalive_timeout" needs a number, nothing converts text here.',
      '  asks: Write 9.5',
      '    -mesh = Mesh(config={"keepalive_timeout": "9.5"})',
      '    +mesh = Mesh(config={"keepalive_timeout": 9.5})',
    ],
  ],
  [
    mesh('"keepalive_failure_backoff_seconds": "9"'),
    [
      'node.py:3:58 error [keepalive_failure_backoff_seconds] "keepalive_failure_backoff_seconds" needs a number, nothing converts text here.',
      '  asks: Write 9',
      '    -mesh = Mesh(config={"keepalive_failure_backoff_seconds": "9"})',
      '    +mesh = Mesh(config={"keepalive_failure_backoff_seconds": 9})',
    ],
  ],
  [
    mesh('"activity_suppress_window": "9"'),
    [
      'node.py:3:49 error [activity_suppress_window] "activity_suppress_window" needs a number, nothing converts text here.',
      '  asks: Write 9',
      '    -mesh = Mesh(config={"activity_suppress_window": "9"})',
      '    +mesh = Mesh(config={"activity_suppress_window": 9})',
    ],
  ],
  [mesh('"activity_suppress_window": 9'), []],
  [mesh('"log_level": 5, "bind_port": None, "node_name": 3'), []],
  [mesh('"llm_limits": "x"'), [], { target: '2.1.1' }],
]);

says('mesh-config-none', [
  [
    mesh('"bind_port": None'),
    [
      'node.py:3:34 warning [bind_port] "bind_port": None is passed on as it is and fails where a number is needed; leave the key out to get the default.',
    ],
  ],
  [
    mesh('\n    "bind_port": 7950,\n    "llm_timeout": None,\n    "node_name": "a",\n'),
    [
      'node.py:5:20 warning [llm_timeout] "llm_timeout": None is passed on as it is and fails where a number is needed; leave the key out to get the default.',
      '  asks: Remove "llm_timeout"',
      '    -    "llm_timeout": None,',
    ],
  ],
  [
    mesh('"kernel_max_turns": None'),
    [
      'node.py:3:41 warning [kernel_max_turns] "kernel_max_turns": None is passed on as it is and fails where a number is needed; leave the key out to get the default.',
    ],
  ],
  [mesh('"node_name": None'), []],
  [mesh('"bind_port": 0'), []],
  [mesh('"unknown_key": None'), []],
]);

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

says('mesh-late-joiner', [
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py'),
      'requirements.txt': 'jarviscore-framework==1.13.0\n',
    },
    [
      "requirements.txt:1:1 info Nodes of JarvisCore 1.13.0 announce their agents once, when they start: of the 2 nodes declared here, one that joins later hears of the others' agents only when it asks (fixed in 1.13.1).",
      '  see a.py:3:8 a (a.py)',
      '  see b.py:3:8 b (b.py)',
    ],
    { target: '1.13.0' },
  ],
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py'),
      'requirements.txt': 'jarviscore-framework==1.13.1\n',
    },
    [],
    { target: '1.13.1' },
  ],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'), 'requirements.txt': 'jarviscore-framework==1.13.0\n' },
    [],
    { target: '1.13.0' },
  ],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'), ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py') },
    [],
    { target: '1.13.0' },
  ],
  [
    Object.assign(
      { 'requirements.txt': 'jarviscore-framework==1.13.0\n' },
      ...Array.from({ length: 12 }, (_, i) => mesh(`"p2p_enabled": True, "bind_port": ${i + 1}`, `n${i}.py`)),
    ),
    [
      "requirements.txt:1:1 info Nodes of JarvisCore 1.13.0 announce their agents once, when they start: of the 12 nodes declared here, one that joins later hears of the others' agents only when it asks (fixed in 1.13.1).",
      '  see n0.py:3:8 n0 (n0.py)',
      '  see n1.py:3:8 n1 (n1.py)',
      '  see n2.py:3:8 n2 (n2.py)',
      '  see n3.py:3:8 n3 (n3.py)',
      '  see n4.py:3:8 n4 (n4.py)',
      '  see n5.py:3:8 n5 (n5.py)',
      '  see n6.py:3:8 n6 (n6.py)',
      '  see n7.py:3:8 n7 (n7.py)',
      '  see n8.py:3:8 n8 (n8.py)',
      '  see n9.py:3:8 n9 (n9.py)',
    ],
    { target: '1.13.0' },
  ],
]);

says('mesh-ghost-agents', [
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py'),
      'requirements.txt': 'jarviscore-framework==2.1.0\n',
    },
    [
      'requirements.txt:1:1 info JarvisCore 2.1.0 keeps listing the agents of nodes that died, and stop() says no goodbye; calls to them run into their timeout (fixed in 2.1.1).',
      '  see a.py:3:8 a (a.py)',
      '  see b.py:3:8 b (b.py)',
    ],
    { target: '2.1.0' },
  ],
]);

says('mesh-early-request-dropped', [
  [
    {
      ...mesh('"p2p_enabled": True, "bind_port": 1', 'a.py'),
      ...mesh('"p2p_enabled": True, "bind_port": 2', 'b.py'),
      'requirements.txt': 'jarviscore-framework==2.2.0\n',
    },
    [
      'requirements.txt:1:1 info Requests that reach a node of JarvisCore 2.2.0 while it is still starting are dropped; repeat them after their timeout (fixed in 2.3.0).',
      '  see a.py:3:8 a (a.py)',
      '  see b.py:3:8 b (b.py)',
    ],
    { target: '2.2.0' },
  ],
]);

says('join-mesh-default-port', [
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 7946'), ...joins('seed_nodes="127.0.0.1:7946"') },
    [
      'agent.py:5:11 warning [JARVISCORE_BIND_PORT] join_mesh() without a port takes the default 7946, which node (node.py) uses on this host; it looks for a free one only with "bind_port": 0.',
      '  see node.py:3:55 Port 7946 of node (node.py)',
      '  asks: Take a free port ("bind_port": 0)',
      '    -    await agent.join_mesh(seed_nodes="127.0.0.1:7946")',
      '    +    await agent.join_mesh(seed_nodes="127.0.0.1:7946", config={"bind_port": 0})',
    ],
  ],
  [{ ...mesh('"p2p_enabled": True, "bind_port": 7947'), ...joins('seed_nodes="127.0.0.1:7947"') }, []],
  [{ ...mesh('"p2p_enabled": True, "bind_port": 7946, "bind_host": "10.0.0.1"'), ...joins('seed_nodes="10.0.0.1:7946"') }, []],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 7946'), ...joins('seed_nodes="127.0.0.1:7946", config={"node_name": "a"}') },
    [
      'agent.py:5:11 warning [JARVISCORE_BIND_PORT] join_mesh() without a port takes the default 7946, which node (node.py) uses on this host; it looks for a free one only with "bind_port": 0.',
      '  see node.py:3:55 Port 7946 of node (node.py)',
      '  asks: Take a free port ("bind_port": 0)',
      '    -    await agent.join_mesh(seed_nodes="127.0.0.1:7946", config={"node_name": "a"})',
      '    +    await agent.join_mesh(seed_nodes="127.0.0.1:7946", config={"node_name": "a", "bind_port": 0})',
    ],
  ],
  [
    { ...mesh('"p2p_enabled": True, "bind_port": 7946'), ...joins('seed_nodes="127.0.0.1:7946", config={"bind_port": 7946}') },
    [],
  ],
  [{ ...mesh('"p2p_enabled": True, "bind_port": 7946'), ...joins('seed_nodes="127.0.0.1:7946", config=more') }, []],
  [{ ...joins('seed_nodes="127.0.0.1:7946"', 'a.py'), ...joins('seed_nodes="127.0.0.1:7946"', 'b.py') }, []],
]);
