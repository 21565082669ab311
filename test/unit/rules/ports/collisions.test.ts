/** What the rules of config/rules/ports/collisions.ts say. */

import { node } from '../portsWorkspaces.ts';
import { env, mesh } from '../said.ts';
import { says } from '../says.ts';

says('port-collision-swim', [
  [
    { ...node('a', 7950), ...node('b', 7950) },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 7950 of b (b.py)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 7950 of a (a.py)',
      '  asks: Use port 7952 (ZMQ 8952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7952})',
    ],
  ],
  [
    { ...node('a', 7950), ...node('b', 7950) },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of b (b.py) on the same host; the second of them to start does not start (Mesh.start() raises).',
      '  see b.py:3:55 SWIM port 7950 of b (b.py)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of a (a.py) on the same host; the second of them to start does not start (Mesh.start() raises).',
      '  see a.py:3:55 SWIM port 7950 of a (a.py)',
      '  asks: Use port 7952 (ZMQ 8952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7952})',
    ],
    { target: '1.0.2' },
  ],
  [{ ...node('a', 7950), ...node('b', 7951) }, []],
  [
    { ...node('a', 7950, '"bind_host": "127.0.0.1"'), ...node('b', 7950, '"bind_host": "localhost"') },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 7950 of b (b.py)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "127.0.0.1"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951, "bind_host": "127.0.0.1"})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 7950 of a (a.py)',
      '  asks: Use port 7952 (ZMQ 8952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "localhost"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7952, "bind_host": "localhost"})',
    ],
  ],
  [{ ...node('a', 7950, '"bind_host": "10.0.0.1"'), ...node('b', 7950, '"bind_host": "10.0.0.2"') }, []],
  [
    { ...node('a', 7950, '"bind_host": "0.0.0.0"'), ...node('b', 7950, '"bind_host": "10.0.0.2"') },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 7950 of b (b.py)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "0.0.0.0"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951, "bind_host": "0.0.0.0"})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 7950 of a (a.py)',
      '  asks: Use port 7952 (ZMQ 8952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.2"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7952, "bind_host": "10.0.0.2"})',
    ],
  ],
  [
    {
      ...node('a', 7950, '"bind_host": "10.0.0.2"'),
      ...node('b', 7950, '"bind_host": "10.0.0.2"'),
      ...node('c', 7950, '"bind_host": "0.0.0.0"'),
    },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 7950 of b (b.py)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.2"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951, "bind_host": "10.0.0.2"})',
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of c (c.py) on the same host; the second of them to start runs without P2P.',
      '  see c.py:3:55 SWIM port 7950 of c (c.py)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.2"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951, "bind_host": "10.0.0.2"})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 7950 of a (a.py)',
      '  asks: Use port 7952 (ZMQ 8952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.2"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7952, "bind_host": "10.0.0.2"})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of c (c.py) on the same host; the second of them to start runs without P2P.',
      '  see c.py:3:55 SWIM port 7950 of c (c.py)',
      '  asks: Use port 7952 (ZMQ 8952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "10.0.0.2"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7952, "bind_host": "10.0.0.2"})',
      'c.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 7950 of a (a.py)',
      '  asks: Use port 7953 (ZMQ 8953)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "0.0.0.0"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7953, "bind_host": "0.0.0.0"})',
      'c.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 7950 of b (b.py)',
      '  asks: Use port 7953 (ZMQ 8953)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "bind_host": "0.0.0.0"})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7953, "bind_host": "0.0.0.0"})',
    ],
  ],
  [{ ...node('a', 7950, '"bind_host": host'), ...node('b', 7950) }, []],
  [
    { ...node('a', 7950), ...node('b', 7950), ...node('c', 7960, '"seed_nodes": "127.0.0.1:7950"') },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 7950 of b (b.py)',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 7950 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 7950 of a (a.py)',
    ],
  ],
  [
    { ...node('a', 7999), ...node('b', 7999), ...node('c', 8000) },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 7999 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 7999 of b (b.py)',
      '  asks: Use port 8002 (ZMQ 9002)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7999})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8002})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 7999 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 7999 of a (a.py)',
      '  asks: Use port 8003 (ZMQ 9003)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7999})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8003})',
    ],
  ],
  [
    { ...mesh('"p2p_enabled": True', 'a.py'), ...mesh('"p2p_enabled": True', 'b.py') },
    [
      'a.py:3:8 error [JARVISCORE_BIND_PORT] Port 7946 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:8 SWIM port 7946 of b (b.py)',
      'b.py:3:8 error [JARVISCORE_BIND_PORT] Port 7946 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:8 SWIM port 7946 of a (a.py)',
    ],
  ],
  [{ ...env('JARVISCORE_BIND_PORT=7950'), ...mesh('"p2p_enabled": True', 'a.py'), ...mesh('"p2p_enabled": True', 'b.py') }, []],
  [
    { ...node('a', 64535), ...node('b', 64535) },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 64535 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 64535 of b (b.py)',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 64535 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 64535 of a (a.py)',
    ],
  ],
  [
    { ...node('a', 64534), ...node('b', 64534) },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] Port 64534 is also the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 64534 of b (b.py)',
      '  asks: Use port 64535 (ZMQ 65535)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 64534})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 64535})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 64534 is also the SWIM port of a (a.py) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 SWIM port 64534 of a (a.py)',
    ],
  ],
]);

says('port-collision-zmq', [
  [
    { ...node('a', 7950, '"zmq_port_offset": 1010'), ...node('b', 7960, '"zmq_port_offset": 1000') },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] ZMQ port 8960 (7950 + 1010) is also the ZMQ port of b (b.py) (7960 + 1000) on the same host.',
      '  see b.py:3:55 ZMQ port 8960 of b (b.py) (7960 + 1000)',
      '  asks: Use port 7951 (ZMQ 8961)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "zmq_port_offset": 1010})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951, "zmq_port_offset": 1010})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] ZMQ port 8960 (7960 + 1000) is also the ZMQ port of a (a.py) (7950 + 1010) on the same host.',
      '  see a.py:3:55 ZMQ port 8960 of a (a.py) (7950 + 1010)',
      '  asks: Use port 7962 (ZMQ 8962)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "zmq_port_offset": 1000})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7962, "zmq_port_offset": 1000})',
    ],
  ],
  [{ ...node('a', 7950, '"zmq_port_offset": 1010'), ...node('b', 7960, '"zmq_port_offset": 1001') }, []],
  [{ ...node('a', 7950), ...node('b', 7950) }, []],
  [
    { ...node('a', 7950), ...node('b', 7950), ...node('c', 7960, '"zmq_port_offset": 990') },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] ZMQ port 8950 (7950 + 1000) is also the ZMQ port of c (c.py) (7960 + 990) on the same host.',
      '  see c.py:3:55 ZMQ port 8950 of c (c.py) (7960 + 990)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] ZMQ port 8950 (7950 + 1000) is also the ZMQ port of c (c.py) (7960 + 990) on the same host.',
      '  see c.py:3:55 ZMQ port 8950 of c (c.py) (7960 + 990)',
      '  asks: Use port 7952 (ZMQ 8952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7952})',
      'c.py:3:55 error [JARVISCORE_BIND_PORT] ZMQ port 8950 (7960 + 990) is also the ZMQ port of a (a.py) (7950 + 1000) on the same host.',
      '  see a.py:3:55 ZMQ port 8950 of a (a.py) (7950 + 1000)',
      '  asks: Use port 7963 (ZMQ 8953)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "zmq_port_offset": 990})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7963, "zmq_port_offset": 990})',
      'c.py:3:55 error [JARVISCORE_BIND_PORT] ZMQ port 8950 (7960 + 990) is also the ZMQ port of b (b.py) (7950 + 1000) on the same host.',
      '  see b.py:3:55 ZMQ port 8950 of b (b.py) (7950 + 1000)',
      '  asks: Use port 7963 (ZMQ 8953)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "zmq_port_offset": 990})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7963, "zmq_port_offset": 990})',
    ],
  ],
  [{ ...node('a', 7950, '"bind_host": "10.0.0.1", "zmq_port_offset": 1010'), ...node('b', 7960, '"bind_host": "10.0.0.2"') }, []],
]);

says('port-collision-swim-zmq', [
  [
    { ...node('a', 7950), ...node('b', 8950) },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] ZMQ port 8950 (7950 + 1000) is the SWIM port of b (b.py) on the same host; the second of them to start runs without P2P.',
      '  see b.py:3:55 SWIM port 8950 of b (b.py)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 8950 is also the ZMQ port of a (a.py) (7950 + 1000) on the same host; the second of them to start runs without P2P.',
      '  see a.py:3:55 ZMQ port 8950 of a (a.py) (7950 + 1000)',
      '  asks: Use port 8952 (ZMQ 9952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8952})',
    ],
  ],
  [
    { ...node('a', 7950), ...node('b', 8950) },
    [
      'a.py:3:55 error [JARVISCORE_BIND_PORT] ZMQ port 8950 (7950 + 1000) is the SWIM port of b (b.py) on the same host; the second of them to start does not start (Mesh.start() raises).',
      '  see b.py:3:55 SWIM port 8950 of b (b.py)',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951})',
      'b.py:3:55 error [JARVISCORE_BIND_PORT] Port 8950 is also the ZMQ port of a (a.py) (7950 + 1000) on the same host; the second of them to start does not start (Mesh.start() raises).',
      '  see a.py:3:55 ZMQ port 8950 of a (a.py) (7950 + 1000)',
      '  asks: Use port 8952 (ZMQ 9952)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8952})',
    ],
    { target: '1.0.2' },
  ],
  [{ ...node('a', 7950), ...node('b', 8951) }, []],
  [{ ...node('a', 7950, '"bind_host": "10.0.0.1"'), ...node('b', 8950, '"bind_host": "10.0.0.2"') }, []],
  [node('a', 7950, '"zmq_port_offset": 0'), []],
]);

says('port-collision-metrics', [
  [
    {
      ...node('a', 7950, '"prometheus_enabled": True, "prometheus_port": 9100'),
      ...node('b', 7960, '"prometheus_enabled": True, "prometheus_port": 9100'),
    },
    [
      'a.py:3:108 warning [PROMETHEUS_PORT] Metrics port 9100 is also the metrics port of b (b.py); the process that comes second logs a warning and serves no metrics.',
      '  see b.py:3:108 metrics port of b (b.py)',
      '  asks: Use port 9101',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "prometheus_enabled": True, "prometheus_port": 9100})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "prometheus_enabled": True, "prometheus_port": 9101})',
      'b.py:3:108 warning [PROMETHEUS_PORT] Metrics port 9100 is also the metrics port of a (a.py); the process that comes second logs a warning and serves no metrics.',
      '  see a.py:3:108 metrics port of a (a.py)',
      '  asks: Use port 9102',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "prometheus_enabled": True, "prometheus_port": 9100})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7960, "prometheus_enabled": True, "prometheus_port": 9102})',
    ],
  ],
  [
    {
      ...node('a', 7950, '"prometheus_enabled": True, "prometheus_port": 9100'),
      ...node('b', 7960, '"prometheus_enabled": False, "prometheus_port": 9100'),
    },
    [],
  ],
  [
    { ...node('a', 7950, '"prometheus_enabled": True, "prometheus_port": 7960'), ...node('b', 7960) },
    [
      'a.py:3:108 warning [PROMETHEUS_PORT] Metrics port 7960 is also the SWIM port of b (b.py); the process that comes second logs a warning and serves no metrics.',
      '  see b.py:3:55 SWIM port of b (b.py)',
      '  asks: Use port 7961',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "prometheus_enabled": True, "prometheus_port": 7960})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "prometheus_enabled": True, "prometheus_port": 7961})',
    ],
  ],
  [
    { ...node('a', 7950, '"prometheus_enabled": True, "prometheus_port": 8960'), ...node('b', 7960) },
    [
      'a.py:3:108 warning [PROMETHEUS_PORT] Metrics port 8960 is also the ZMQ port of b (b.py); the process that comes second logs a warning and serves no metrics.',
      '  see b.py:3:55 ZMQ port of b (b.py)',
      '  asks: Use port 8961',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "prometheus_enabled": True, "prometheus_port": 8960})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "prometheus_enabled": True, "prometheus_port": 8961})',
    ],
  ],
  [
    {
      ...node('a', 7950, '"prometheus_enabled": True, "prometheus_port": 0'),
      ...node('b', 7960, '"prometheus_enabled": True, "prometheus_port": 0'),
    },
    [],
  ],
  [
    {
      ...node('a', 7950, '"prometheus_enabled": True, "prometheus_port": 65535'),
      ...node('b', 7960, '"prometheus_enabled": True, "prometheus_port": 65535'),
    },
    [
      'a.py:3:108 warning [PROMETHEUS_PORT] Metrics port 65535 is also the metrics port of b (b.py); the process that comes second logs a warning and serves no metrics.',
      '  see b.py:3:108 metrics port of b (b.py)',
      'b.py:3:108 warning [PROMETHEUS_PORT] Metrics port 65535 is also the metrics port of a (a.py); the process that comes second logs a warning and serves no metrics.',
      '  see a.py:3:108 metrics port of a (a.py)',
    ],
  ],
  [
    {
      ...node('a', 7950, '"prometheus_enabled": True, "prometheus_port": 65536'),
      ...node('b', 7960, '"prometheus_enabled": True, "prometheus_port": 65536'),
    },
    [],
  ],
  [
    { ...env('PROMETHEUS_ENABLED=true'), ...node('a', 7950), ...node('b', 7960) },
    [
      'a.py:3:8 warning [PROMETHEUS_PORT] Metrics port 9090 is also the metrics port of b (b.py); the process that comes second logs a warning and serves no metrics.',
      '  see b.py:3:8 metrics port of b (b.py)',
      'b.py:3:8 warning [PROMETHEUS_PORT] Metrics port 9090 is also the metrics port of a (a.py); the process that comes second logs a warning and serves no metrics.',
      '  see a.py:3:8 metrics port of a (a.py)',
    ],
  ],
  [
    { ...env('PROMETHEUS_ENABLED=true', 'PROMETHEUS_PORT=8999'), ...node('a', 7950), ...node('b', 7960) },
    [
      '.env:2:17 warning [PROMETHEUS_PORT] Metrics port 8999 is also the metrics port of b (b.py); the process that comes second logs a warning and serves no metrics.',
      '  see b.py:3:8 b (b.py)',
      '  asks: Use port 9002',
      '    -PROMETHEUS_PORT=8999',
      '    +PROMETHEUS_PORT=9002',
      '.env:2:17 warning [PROMETHEUS_PORT] Metrics port 8999 is also the metrics port of a (a.py); the process that comes second logs a warning and serves no metrics.',
      '  see a.py:3:8 a (a.py)',
      '  asks: Use port 9003',
      '    -PROMETHEUS_PORT=8999',
      '    +PROMETHEUS_PORT=9003',
    ],
  ],
]);

says('port-collision-service', [
  [
    node('a', 6379),
    [
      'a.py:3:55 warning [JARVISCORE_BIND_PORT] Port 6379 is the usual port of Redis; both cannot run on one host.',
      '  asks: Use port 6381 (ZMQ 7381)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 6379})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 6381})',
    ],
  ],
  [
    node('a', 5379),
    [
      'a.py:3:55 warning [JARVISCORE_BIND_PORT] ZMQ port 6379 (5379 + 1000) is the usual port of Redis; both cannot run on one host.',
      '  asks: Use port 5381 (ZMQ 6381)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 5379})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 5381})',
    ],
  ],
  [
    node('a', 8080),
    [
      'a.py:3:55 warning [JARVISCORE_BIND_PORT] Port 8080 is the usual port of the Nexus broker, Athena and SearXNG; both cannot run on one host.',
      '  asks: Use port 8081 (ZMQ 9081)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8080})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8081})',
    ],
  ],
  [
    node('a', 8090),
    [
      'a.py:3:55 warning [JARVISCORE_BIND_PORT] Port 8090 is the usual port of the Nexus gateway; both cannot run on one host.',
      '  asks: Use port 8092 (ZMQ 9092)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8090})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8092})',
      'a.py:3:55 warning [JARVISCORE_BIND_PORT] ZMQ port 9090 (8090 + 1000) is the usual port of Prometheus metrics; both cannot run on one host.',
      '  asks: Use port 8092 (ZMQ 9092)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8090})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 8092})',
    ],
  ],
  [
    node('a', 9090),
    [
      'a.py:3:55 warning [JARVISCORE_BIND_PORT] Port 9090 is the usual port of Prometheus metrics; both cannot run on one host.',
      '  asks: Use port 9092 (ZMQ 10092)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 9090})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 9092})',
    ],
  ],
  [node('a', 7950), []],
  [
    node('a', 9100, '"prometheus_enabled": True, "prometheus_port": 9100'),
    [
      "a.py:3:55 warning [JARVISCORE_BIND_PORT] Port 9100 is the usual port of this process's own metrics (PROMETHEUS_PORT); both cannot run on one host.",
      '  asks: Use port 9101 (ZMQ 10101)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 9100, "prometheus_enabled": True, "prometheus_port": 9100})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 9101, "prometheus_enabled": True, "prometheus_port": 9100})',
    ],
  ],
  [
    node('a', 7950, '"prometheus_enabled": True, "prometheus_port": 8950'),
    [
      "a.py:3:55 warning [JARVISCORE_BIND_PORT] ZMQ port 8950 (7950 + 1000) is the usual port of this process's own metrics (PROMETHEUS_PORT); both cannot run on one host.",
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "prometheus_enabled": True, "prometheus_port": 8950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951, "prometheus_enabled": True, "prometheus_port": 8950})',
    ],
  ],
  [
    node('a', 7950, '"redis_port": 7950'),
    [
      'a.py:3:55 warning [JARVISCORE_BIND_PORT] Port 7950 is the usual port of Redis (REDIS_PORT); both cannot run on one host.',
      '  asks: Use port 7951 (ZMQ 8951)',
      '    -mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7950, "redis_port": 7950})',
      '    +mesh = Mesh(config={"p2p_enabled": True, "bind_port": 7951, "redis_port": 7950})',
    ],
  ],
  [
    { ...node('a', 8080), ...node('b', 7960, '"seed_nodes": "127.0.0.1:8080"') },
    [
      'a.py:3:55 warning [JARVISCORE_BIND_PORT] Port 8080 is the usual port of the Nexus broker, Athena and SearXNG; both cannot run on one host.',
    ],
  ],
  [{ ...mesh('"p2p_enabled": True'), ...env('ZMQ_PORT_OFFSET=134') }, []],
]);
