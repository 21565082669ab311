/** Settings of swim-p2p: what its parser refuses, and times that contradict each other. */
import { env, mesh } from './said.ts';
import { says } from './says.ts';

says('swim-range', [
  [
    env('SWIM_PING_RETRIES=x'),
    [
      '.env:1:19 error [SWIM_PING_RETRIES] SWIM_PING_RETRIES: "x" is no whole number; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_PING_RETRIES=1.0'),
    [
      '.env:1:19 error [SWIM_PING_RETRIES] SWIM_PING_RETRIES: "1.0" is no whole number; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [env('SWIM_PING_RETRIES=1_0'), []],
  [env('SWIM_PING_RETRIES=+3'), []],
  [
    env('SWIM_PING_RETRIES=-1'),
    [
      '.env:1:19 error [SWIM_PING_RETRIES] SWIM_PING_RETRIES: -1 is outside 0 to 10; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_PING_RETRIES=1_'),
    [
      '.env:1:19 error [SWIM_PING_RETRIES] SWIM_PING_RETRIES: "1_" is no whole number; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [env('SWIM_PING_RETRIES=" 3 "'), []],
  [env('SWIM_PING_TIMEOUT=2.5'), []],
  [env('SWIM_PING_TIMEOUT=.5'), []],
  [env('SWIM_PING_TIMEOUT=2.'), []],
  [env('SWIM_PING_TIMEOUT=2e0'), []],
  [
    env('SWIM_PING_TIMEOUT=2e'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: "2e" is no number; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_PING_TIMEOUT=2,5'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: "2,5" is no number; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_PING_TIMEOUT=inf'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: inf is outside 0.1 to 10; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [env('SWIM_PING_TIMEOUT=NaN'), []],
  [
    env('SWIM_PING_TIMEOUT=0'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: 0 is outside 0.1 to 10; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_PING_TIMEOUT=fast'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: "fast" is no number; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_PING_TIMEOUT=1_0.5'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: 1_0.5 is outside 0.1 to 10; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_PING_TIMEOUT=100000'),
    [
      '.env:1:19 error [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT: 100000 is outside 0.1 to 10; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [env('SWIM_LOG_LEVEL=INFO'), []],
  [
    env('SWIM_LOG_LEVEL=LOUD'),
    [
      '.env:1:16 error [SWIM_LOG_LEVEL] SWIM_LOG_LEVEL: "LOUD" is none of DEBUG, INFO, WARNING, ERROR, CRITICAL; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [
    env('SWIM_LOG_LEVEL=info'),
    [
      '.env:1:16 error [SWIM_LOG_LEVEL] SWIM_LOG_LEVEL: "info" is none of DEBUG, INFO, WARNING, ERROR, CRITICAL; swim-p2p refuses to start and the mesh runs without P2P.',
    ],
  ],
  [mesh('"bind_port": "x"'), []],
]);

says('swim-period-order', [
  [
    env('SWIM_PROTOCOL_PERIOD_MIN=5', 'SWIM_PROTOCOL_PERIOD_MAX=4'),
    [
      '.env:1:26 warning [SWIM_PROTOCOL_PERIOD_MIN] SWIM_PROTOCOL_PERIOD_MIN (5 s) exceeds SWIM_PROTOCOL_PERIOD_MAX (4 s).',
      '  see .env:2:26 SWIM_PROTOCOL_PERIOD_MAX',
    ],
  ],
  [env('SWIM_PROTOCOL_PERIOD_MIN=5', 'SWIM_PROTOCOL_PERIOD_MAX=5'), []],
  [
    env('SWIM_PROTOCOL_PERIOD_MAX=0.001'),
    ['.env:1:26 warning [SWIM_PROTOCOL_PERIOD_MAX] SWIM_PROTOCOL_PERIOD_MIN (0.5 s) exceeds SWIM_PROTOCOL_PERIOD_MAX (0.001 s).'],
  ],
  [env('SWIM_SUSPECT_TIMEOUT=10', 'SWIM_PING_TIMEOUT=2', 'SWIM_PING_RETRIES=4'), []],
  [
    env('SWIM_SUSPECT_TIMEOUT=9.9', 'SWIM_PING_TIMEOUT=2', 'SWIM_PING_RETRIES=4'),
    [
      '.env:1:22 warning [SWIM_SUSPECT_TIMEOUT] SWIM_SUSPECT_TIMEOUT (9.9 s) is shorter than all ping attempts together (10 s).',
      '  see .env:2:19 SWIM_PING_TIMEOUT',
      '  see .env:3:19 SWIM_PING_RETRIES',
    ],
  ],
  [env('SWIM_PING_TIMEOUT=900', 'SWIM_PING_RETRIES=4'), []],
  [env('SWIM_SUSPECT_TIMEOUT=x', 'SWIM_PING_TIMEOUT=2'), []],
  [env('SWIM_SUSPECT_TIMEOUT=1', 'SWIM_PING_TIMEOUT=x'), []],
  [env('SWIM_SUSPECT_TIMEOUT=1', 'SWIM_PING_RETRIES=x'), []],
  [env('SWIM_PROTOCOL_PERIOD_MIN=x', 'SWIM_PROTOCOL_PERIOD_MAX=0'), []],
  [mesh(), []],
]);

says('swim-timeout-lowered', [
  [env('SWIM_PING_TIMEOUT=2'), []],
  [
    env('SWIM_PING_TIMEOUT=1.9'),
    ['.env:1:19 info [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT=1.9 undoes the floor of 2 s JarvisCore sets; busy peers look dead.'],
  ],
  [env('SWIM_SUSPECT_TIMEOUT=15'), []],
  [
    env('SWIM_SUSPECT_TIMEOUT=14.9'),
    [
      '.env:1:22 info [SWIM_SUSPECT_TIMEOUT] SWIM_SUSPECT_TIMEOUT=14.9 undoes the floor of 15 s JarvisCore sets; slow peers are declared dead.',
    ],
  ],
  [
    env('SWIM_PING_TIMEOUT=1', 'SWIM_SUSPECT_TIMEOUT=1', 'SWIM_ADAPTIVE_TIMING=true'),
    ['.env:1:19 info [SWIM_PING_TIMEOUT] SWIM_PING_TIMEOUT=1 undoes the floor of 2 s JarvisCore sets; busy peers look dead.'],
  ],
  [
    env('SWIM_ADAPTIVE_TIMING=true'),
    [
      '.env:1:22 info [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING=true lets swim-p2p shorten the timeouts that JarvisCore raised.',
    ],
  ],
  [env('SWIM_ADAPTIVE_TIMING=false'), []],
  [mesh(), []],
  [env('SWIM_PING_TIMEOUT=1'), [], { target: '1.4.1' }],
]);
