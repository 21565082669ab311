/** What the rules of config/rules/values/booleans.ts say. */
import { env, service, sets } from '../said.ts';
import { says } from '../says.ts';

says('invalid-bool', [
  [
    env('P2P_ENABLED=enabled'),
    [
      '.env:1:13 error [P2P_ENABLED] P2P_ENABLED: "enabled" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -P2P_ENABLED=enabled',
      '    +P2P_ENABLED=true',
    ],
  ],
  [
    env('P2P_ENABLED=aus'),
    [
      '.env:1:13 error [P2P_ENABLED] P2P_ENABLED: "aus" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write false',
      '    -P2P_ENABLED=aus',
      '    +P2P_ENABLED=false',
    ],
  ],
  [
    env('P2P_ENABLED=perhaps'),
    [
      '.env:1:13 error [P2P_ENABLED] P2P_ENABLED: "perhaps" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
    ],
  ],
  [
    env('P2P_ENABLED=" true"'),
    [
      '.env:1:13 error [P2P_ENABLED] P2P_ENABLED: " true" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -P2P_ENABLED=" true"',
      '    +P2P_ENABLED=true',
    ],
  ],
  [env('P2P_ENABLED=TRUE', 'KEEPALIVE_ENABLED=t', 'PROMETHEUS_ENABLED=Off', 'VERTEX_AI_ENABLED=N'), []],
  [env('P2P_ENABLED='), []],
  [env('BROWSER_HEADLESS=y'), []],
  [
    env('BROWSER_HEADLESS=enabled'),
    [
      '.env:1:18 error [BROWSER_HEADLESS] BROWSER_HEADLESS: "enabled" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -BROWSER_HEADLESS=enabled',
      '    +BROWSER_HEADLESS=true',
    ],
  ],
  [
    env('BROWSER_HEADLESS=" ON "', 'BROWSER_IGNORE_HTTPS_ERRORS=off'),
    [
      '.env:1:18 error [BROWSER_HEADLESS] BROWSER_HEADLESS: " ON " is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -BROWSER_HEADLESS=" ON "',
      '    +BROWSER_HEADLESS=true',
    ],
  ],
  [env('BROWSER_HEADLESS='), []],
  [
    env('SWIM_ADAPTIVE_TIMING=on'),
    [
      '.env:1:22 warning [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING: "on" counts as false for this reader; only 1, true and yes mean true.',
      '  asks: Write true',
      '    -SWIM_ADAPTIVE_TIMING=on',
      '    +SWIM_ADAPTIVE_TIMING=true',
    ],
  ],
  [
    env('SWIM_ADAPTIVE_TIMING=perhaps'),
    [
      '.env:1:22 warning [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING: "perhaps" counts as false for this reader; only 1, true and yes mean true.',
    ],
  ],
  [
    env('SWIM_ADAPTIVE_TIMING=" true"'),
    [
      '.env:1:22 warning [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING: " true" counts as false for this reader; only 1, true and yes mean true.',
      '  asks: Write true',
      '    -SWIM_ADAPTIVE_TIMING=" true"',
      '    +SWIM_ADAPTIVE_TIMING=true',
    ],
  ],
  [env('SWIM_ADAPTIVE_TIMING=YES', 'SWIM_PUSH_PULL_SYNC=no', 'SWIM_METRICS_ENABLED=1', 'SWIM_JSON_LOGGING=" off"'), []],
  [
    sets({ P2P_ENABLED: 'enabled' }),
    [
      'node.py:4:29 error [P2P_ENABLED] P2P_ENABLED: "enabled" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
    ],
  ],
  [
    service(['P2P_ENABLED: enabled']),
    [
      'compose.yml:6:20 error [P2P_ENABLED] P2P_ENABLED: "enabled" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
      '  asks: Write true',
      '    -      P2P_ENABLED: enabled',
      '    +      P2P_ENABLED: "true"',
    ],
  ],
  [
    { '.env.example': 'P2P_ENABLED=<yes>\nKEEPALIVE_ENABLED=maybe\n' },
    [
      '.env.example:2:19 error [KEEPALIVE_ENABLED] KEEPALIVE_ENABLED: "maybe" is no boolean; Mesh.start() stops with a ValidationError. Accepted: true/false, 1/0, on/off, yes/no, y/n, t/f.',
    ],
  ],
  [
    env('RESEARCH_TRAVERSE_ENABLED=y'),
    [
      '.env:1:27 warning [RESEARCH_TRAVERSE_ENABLED] RESEARCH_TRAVERSE_ENABLED: "y" counts as false for this reader; only 1, true, yes and on mean true.',
      '  asks: Write true',
      '    -RESEARCH_TRAVERSE_ENABLED=y',
      '    +RESEARCH_TRAVERSE_ENABLED=true',
    ],
  ],
  [
    env('RESEARCH_TRAVERSE_ENABLED=enabled'),
    [
      '.env:1:27 warning [RESEARCH_TRAVERSE_ENABLED] RESEARCH_TRAVERSE_ENABLED: "enabled" counts as false for this reader; only 1, true, yes and on mean true.',
      '  asks: Write true',
      '    -RESEARCH_TRAVERSE_ENABLED=enabled',
      '    +RESEARCH_TRAVERSE_ENABLED=true',
    ],
  ],
  [
    env(
      'RESEARCH_TRAVERSE_ENABLED=" ON "',
      'BROWSER_STEALTH_ENABLED=1',
      'RESEARCH_STRICT_SOM_FIRST=Yes',
      'BROWSER_CAPTURE_ENABLED=True',
    ),
    [],
  ],
  [
    env(
      'RESEARCH_TRAVERSE_ENABLED=off',
      'BROWSER_STEALTH_ENABLED=0',
      'RESEARCH_STRICT_SOM_FIRST=No',
      'BROWSER_CAPTURE_ENABLED=false',
      'RAG_AUTO_INGEST=',
    ),
    [],
  ],
]);

says('bool-style', [
  [env('RESEARCH_TRAVERSE_ENABLED=y'), []],
  [
    env('RESEARCH_TRAVERSE_ENABLED=YES'),
    [
      '.env:1:27 hint [RESEARCH_TRAVERSE_ENABLED] RESEARCH_TRAVERSE_ENABLED: write true; readers outside pydantic do not know "YES" alike.',
      '  safe: Write true',
      '    -RESEARCH_TRAVERSE_ENABLED=YES',
      '    +RESEARCH_TRAVERSE_ENABLED=true',
    ],
  ],
  [
    env('RESEARCH_TRAVERSE_ENABLED=n'),
    [
      '.env:1:27 hint [RESEARCH_TRAVERSE_ENABLED] RESEARCH_TRAVERSE_ENABLED: write false; readers outside pydantic do not know "n" alike.',
      '  safe: Write false',
      '    -RESEARCH_TRAVERSE_ENABLED=n',
      '    +RESEARCH_TRAVERSE_ENABLED=false',
    ],
  ],
  [env('SWIM_ADAPTIVE_TIMING=on'), []],
  [
    env('SWIM_ADAPTIVE_TIMING=yes'),
    [
      '.env:1:22 hint [SWIM_ADAPTIVE_TIMING] SWIM_ADAPTIVE_TIMING: write true; readers outside pydantic do not know "yes" alike.',
      '  safe: Write true',
      '    -SWIM_ADAPTIVE_TIMING=yes',
      '    +SWIM_ADAPTIVE_TIMING=true',
    ],
  ],
  [
    env('P2P_ENABLED=1'),
    [
      '.env:1:13 hint [P2P_ENABLED] P2P_ENABLED: write true; readers outside pydantic do not know "1" alike.',
      '  safe: Write true',
      '    -P2P_ENABLED=1',
      '    +P2P_ENABLED=true',
    ],
  ],
  [
    env('P2P_ENABLED=off'),
    [
      '.env:1:13 hint [P2P_ENABLED] P2P_ENABLED: write false; readers outside pydantic do not know "off" alike.',
      '  safe: Write false',
      '    -P2P_ENABLED=off',
      '    +P2P_ENABLED=false',
    ],
  ],
  [env('P2P_ENABLED=true', 'KEEPALIVE_ENABLED=false'), []],
  [
    env('P2P_ENABLED=True'),
    [
      '.env:1:13 hint [P2P_ENABLED] P2P_ENABLED: write true; readers outside pydantic do not know "True" alike.',
      '  safe: Write true',
      '    -P2P_ENABLED=True',
      '    +P2P_ENABLED=true',
    ],
  ],
  [env('P2P_ENABLED=perhaps'), []],
  [env('P2P_ENABLED='), []],
  [
    env('BROWSER_HEADLESS=y'),
    [
      '.env:1:18 hint [BROWSER_HEADLESS] BROWSER_HEADLESS: write true; readers outside pydantic do not know "y" alike.',
      '  safe: Write true',
      '    -BROWSER_HEADLESS=y',
      '    +BROWSER_HEADLESS=true',
    ],
  ],
  [
    env('BROWSER_HEADLESS=n'),
    [
      '.env:1:18 hint [BROWSER_HEADLESS] BROWSER_HEADLESS: write false; readers outside pydantic do not know "n" alike.',
      '  safe: Write false',
      '    -BROWSER_HEADLESS=n',
      '    +BROWSER_HEADLESS=false',
    ],
  ],
  [
    env('BROWSER_HEADLESS=YES'),
    [
      '.env:1:18 hint [BROWSER_HEADLESS] BROWSER_HEADLESS: write true; readers outside pydantic do not know "YES" alike.',
      '  safe: Write true',
      '    -BROWSER_HEADLESS=YES',
      '    +BROWSER_HEADLESS=true',
    ],
  ],
  [
    service(['P2P_ENABLED: "yes"']),
    [
      'compose.yml:6:20 hint [P2P_ENABLED] P2P_ENABLED: write true; readers outside pydantic do not know "yes" alike.',
      '  safe: Write true',
      '    -      P2P_ENABLED: "yes"',
      '    +      P2P_ENABLED: "true"',
    ],
  ],
  [sets({ P2P_ENABLED: '1' }), []],
]);

says('empty-numeric-or-bool', [
  [
    env('P2P_ENABLED='),
    [
      '.env:1:1 error [P2P_ENABLED] P2P_ENABLED is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -P2P_ENABLED=',
      '    +# P2P_ENABLED=',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT='),
    [
      '.env:1:1 error [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -JARVISCORE_BIND_PORT=',
      '    +# JARVISCORE_BIND_PORT=',
    ],
  ],
  [
    env('KERNEL_MAX_TURNS='),
    [
      '.env:1:1 error [KERNEL_MAX_TURNS] KERNEL_MAX_TURNS is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -KERNEL_MAX_TURNS=',
      '    +# KERNEL_MAX_TURNS=',
    ],
  ],
  [
    env('LLM_BULK_RESERVE='),
    [
      '.env:1:1 error [LLM_BULK_RESERVE] LLM_BULK_RESERVE is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -LLM_BULK_RESERVE=',
      '    +# LLM_BULK_RESERVE=',
    ],
  ],
  [env('LOG_LEVEL='), []],
  [
    env('BROWSER_HEADLESS=', 'SWIM_PING_RETRIES='),
    [
      '.env:1:1 error [BROWSER_HEADLESS] BROWSER_HEADLESS is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Comment the line out',
      '    -BROWSER_HEADLESS=',
      '    +# BROWSER_HEADLESS=',
    ],
  ],
  [
    service(['P2P_ENABLED: ""']),
    [
      'compose.yml:6:7 error [P2P_ENABLED] P2P_ENABLED is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.',
      '  safe: Remove the line',
      '    -      P2P_ENABLED: ""',
    ],
  ],
  [env('P2P_ENABLED=1'), []],
  [env('RESEARCH_TRAVERSE_ENABLED=', 'MAX_GOAL_STEPS='), []],
]);

says('nexus-enabled-empty', [
  [
    env('NEXUS_ENABLED='),
    [
      '.env:1:1 error [NEXUS_ENABLED] NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.',
      '  safe: Comment the line out',
      '    -NEXUS_ENABLED=',
      '    +# NEXUS_ENABLED=',
    ],
  ],
  [
    env('NEXUS_ENABLED=None'),
    [
      '.env:1:1 error [NEXUS_ENABLED] NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.',
      '  safe: Comment the line out',
      '    -NEXUS_ENABLED=None',
      '    +# NEXUS_ENABLED=None',
    ],
  ],
  [
    env('NEXUS_ENABLED=NULL'),
    [
      '.env:1:1 error [NEXUS_ENABLED] NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.',
      '  safe: Comment the line out',
      '    -NEXUS_ENABLED=NULL',
      '    +# NEXUS_ENABLED=NULL',
    ],
  ],
  [env('NEXUS_ENABLED=nullable'), []],
  [env('NEXUS_ENABLED=true'), []],
  [
    service(['P2P_ENABLED: "true"', 'NEXUS_ENABLED: "null"']),
    [
      'compose.yml:7:7 error [NEXUS_ENABLED] NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.',
      '  safe: Remove the line',
      '    -      NEXUS_ENABLED: "null"',
    ],
  ],
  [env('NEXUS_ENABLED='), [], { target: '1.0.2' }],
]);
