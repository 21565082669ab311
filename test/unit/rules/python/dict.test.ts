/** What the rules of config/rules/python/dict.ts say. */

import { mesh } from '../said.ts';
import { says } from '../says.ts';

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
