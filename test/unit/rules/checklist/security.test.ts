/** What the rules of config/rules/checklist/security.ts say. */

import { production } from '../checklistWorkspaces.ts';
import { env, joins, mesh } from '../said.ts';
import { says } from '../says.ts';

says('sandbox-remote-untrusted', [
  [
    mesh(),
    [
      'node.py:3:8 warning [SANDBOX_MODE] Agents that meet untrusted input run generated code in the process; set "sandbox_mode": "remote".',
    ],
    { ...production, target: '1.0.2' },
  ],
  [mesh('"sandbox_mode": "remote"'), [], { ...production, target: '1.0.2' }],
  [
    mesh('"sandbox_mode": "local"'),
    [
      'node.py:3:37 warning [SANDBOX_MODE] Agents that meet untrusted input run generated code in the process; set "sandbox_mode": "remote".',
    ],
    { ...production, target: '1.0.2' },
  ],
  [mesh('**more'), [], { ...production, target: '1.0.2' }],
  [env('SANDBOX_MODE=local'), [], { ...production, target: '1.0.2' }],
]);

says('unsafe-execution-enabled', [
  [
    env('ALLOW_UNSAFE_LOCAL_EXECUTION=true'),
    [
      '.env:1:30 warning [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
      '  asks: Switch it off',
      '    -ALLOW_UNSAFE_LOCAL_EXECUTION=true',
      '    +ALLOW_UNSAFE_LOCAL_EXECUTION=false',
    ],
  ],
  [
    env('ALLOW_UNSAFE_LOCAL_EXECUTION=true'),
    [
      '.env:1:30 error [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
      '  asks: Switch it off',
      '    -ALLOW_UNSAFE_LOCAL_EXECUTION=true',
      '    +ALLOW_UNSAFE_LOCAL_EXECUTION=false',
    ],
    production,
  ],
  [env('ALLOW_UNSAFE_LOCAL_EXECUTION=false'), []],
  [
    { ...mesh('"allow_unsafe_local_execution": True'), 'agents.py': 'from jarviscore.browser import x\n' },
    [
      'node.py:3:53 warning [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
      '  see agents.py:1:1 Imports jarviscore.browser',
      '  asks: Switch it off',
      '    -mesh = Mesh(config={"allow_unsafe_local_execution": True})',
      '    +mesh = Mesh(config={"allow_unsafe_local_execution": False})',
    ],
  ],
  [
    { ...mesh('"allow_unsafe_local_execution": True'), 'agents.py': 'from jarviscore.profiles import BrowserAgent\n' },
    [
      'node.py:3:53 warning [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
      '  asks: Switch it off',
      '    -mesh = Mesh(config={"allow_unsafe_local_execution": True})',
      '    +mesh = Mesh(config={"allow_unsafe_local_execution": False})',
    ],
  ],
  [
    {
      ...mesh('"allow_unsafe_local_execution": True'),
      'agents.py': 'import os\nfrom jarviscore.profiles import ResearcherAgent\n',
    },
    [
      'node.py:3:53 warning [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
      '  asks: Switch it off',
      '    -mesh = Mesh(config={"allow_unsafe_local_execution": True})',
      '    +mesh = Mesh(config={"allow_unsafe_local_execution": False})',
    ],
  ],
  [
    { ...mesh('"allow_unsafe_local_execution": True'), 'agents.py': 'from jarviscore.search import x\n' },
    [
      'node.py:3:53 warning [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
      '  see agents.py:1:1 Imports jarviscore.search',
      '  asks: Switch it off',
      '    -mesh = Mesh(config={"allow_unsafe_local_execution": True})',
      '    +mesh = Mesh(config={"allow_unsafe_local_execution": False})',
    ],
  ],
  [
    { ...mesh('"allow_unsafe_local_execution": True'), 'agents.py': 'from jarviscore.memory import x\n' },
    [
      'node.py:3:53 warning [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
      '  asks: Switch it off',
      '    -mesh = Mesh(config={"allow_unsafe_local_execution": True})',
      '    +mesh = Mesh(config={"allow_unsafe_local_execution": False})',
    ],
  ],
  [
    { ...mesh('"allow_unsafe_local_execution": True'), 'agents.py': 'from jarviscore.searching import x\n' },
    [
      'node.py:3:53 warning [ALLOW_UNSAFE_LOCAL_EXECUTION] ALLOW_UNSAFE_LOCAL_EXECUTION is on: what agents read from web pages or documents can end up as code that runs unconfined.',
      '  asks: Switch it off',
      '    -mesh = Mesh(config={"allow_unsafe_local_execution": True})',
      '    +mesh = Mesh(config={"allow_unsafe_local_execution": False})',
    ],
  ],
]);

says('log-level-debug', [
  [env('LOG_LEVEL=DEBUG'), []],
  [
    env('LOG_LEVEL=debug'),
    [
      '.env:1:11 warning [LOG_LEVEL] Debug logs may contain prompts and credentials; use INFO.',
      '  asks: Write INFO',
      '    -LOG_LEVEL=debug',
      '    +LOG_LEVEL=INFO',
    ],
    production,
  ],
  [mesh('"log_level": "debug"'), []],
  [env('LOG_LEVEL=INFO'), []],
]);

says('hitl-disabled', [
  [
    mesh(),
    [
      'node.py:3:8 info [HITL_ENABLED] No human approval is configured: set "hitl_enabled": True in the Mesh dict for agents whose mistakes are expensive (the environment name alone never switches it on).',
      '  asks: Add "hitl_enabled": True to the Mesh dict',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"hitl_enabled": True})',
    ],
    production,
  ],
  [mesh('"hitl_enabled": True'), [], production],
  [
    mesh('"hitl_enabled": False'),
    [
      'node.py:3:37 info [HITL_ENABLED] No human approval is configured: set "hitl_enabled": True in the Mesh dict for agents whose mistakes are expensive (the environment name alone never switches it on).',
    ],
    production,
  ],
  [
    { ...env('HITL_ENABLED=true'), ...mesh() },
    [
      '.env:1:14 info [HITL_ENABLED] No human approval is configured: set "hitl_enabled": True in the Mesh dict for agents whose mistakes are expensive (the environment name alone never switches it on).',
      '  asks: Add "hitl_enabled": True to the Mesh dict',
      '    --- node.py',
      '    -mesh = Mesh(config={})',
      '    +mesh = Mesh(config={"hitl_enabled": True})',
    ],
    production,
  ],
  [{ ...env('CONTROL_POLICY_PATH=/p.yaml'), ...mesh() }, [], production],
  [{ ...env('JARVISCORE_CONTROL_POLICY=/p.yaml'), ...mesh() }, [], production],
  [mesh('**more'), [], production],
  [joins('endpoint="h:1"'), [], production],
  [mesh(), []],
]);

says('tls-insecure', [
  [
    env('JARVISCORE_TLS_INSECURE=1'),
    [
      '.env:1:25 warning [JARVISCORE_TLS_INSECURE] Certificate checks are off for every connection of the framework: anybody in between can read keys and prompts.',
      '  asks: Remove the line',
      '    -JARVISCORE_TLS_INSECURE=1',
    ],
  ],
  [
    env('JARVISCORE_TLS_INSECURE=Yes'),
    [
      '.env:1:25 error [JARVISCORE_TLS_INSECURE] Certificate checks are off for every connection of the framework: anybody in between can read keys and prompts.',
      '  asks: Remove the line',
      '    -JARVISCORE_TLS_INSECURE=Yes',
    ],
    production,
  ],
  [
    env('JARVISCORE_TLS_INSECURE=on'),
    [
      '.env:1:25 warning [JARVISCORE_TLS_INSECURE] Certificate checks are off for every connection of the framework: anybody in between can read keys and prompts.',
      '  asks: Remove the line',
      '    -JARVISCORE_TLS_INSECURE=on',
    ],
  ],
  [
    env('JARVISCORE_TLS_INSECURE=true'),
    [
      '.env:1:25 warning [JARVISCORE_TLS_INSECURE] Certificate checks are off for every connection of the framework: anybody in between can read keys and prompts.',
      '  asks: Remove the line',
      '    -JARVISCORE_TLS_INSECURE=true',
    ],
  ],
  [env('JARVISCORE_TLS_INSECURE=0'), []],
  [env('JARVISCORE_TLS_INSECURE=y'), []],
]);

says('browser-ignore-https', [
  [
    env('BROWSER_MODEL=m'),
    [
      '.env:1:15 info [BROWSER_MODEL] BROWSER_IGNORE_HTTPS_ERRORS is true, its default: browser agents accept forged certificates.',
    ],
    production,
  ],
  [
    env('BROWSER_HEADLESS=true'),
    [
      '.env:1:18 info [BROWSER_HEADLESS] BROWSER_IGNORE_HTTPS_ERRORS is true, its default: browser agents accept forged certificates.',
    ],
    production,
  ],
  [
    env('BROWSER_CONTROL_URL=http://b'),
    [
      '.env:1:21 info [BROWSER_CONTROL_URL] BROWSER_IGNORE_HTTPS_ERRORS is true, its default: browser agents accept forged certificates.',
    ],
    production,
  ],
  [
    env('BROWSER_PROFILE_DIR=/b'),
    [
      '.env:1:21 info [BROWSER_PROFILE_DIR] BROWSER_IGNORE_HTTPS_ERRORS is true, its default: browser agents accept forged certificates.',
    ],
    production,
  ],
  [
    env('BROWSER_IGNORE_HTTPS_ERRORS=true'),
    [
      '.env:1:29 info [BROWSER_IGNORE_HTTPS_ERRORS] BROWSER_IGNORE_HTTPS_ERRORS is true, its default: browser agents accept forged certificates.',
      '  asks: Switch it off',
      '    -BROWSER_IGNORE_HTTPS_ERRORS=true',
      '    +BROWSER_IGNORE_HTTPS_ERRORS=false',
    ],
    production,
  ],
  [
    env('BROWSER_IGNORE_HTTPS_ERRORS=true', 'BROWSER_MODEL=m'),
    [
      '.env:1:29 info [BROWSER_IGNORE_HTTPS_ERRORS] BROWSER_IGNORE_HTTPS_ERRORS is true, its default: browser agents accept forged certificates.',
      '  asks: Switch it off',
      '    -BROWSER_IGNORE_HTTPS_ERRORS=true',
      '    +BROWSER_IGNORE_HTTPS_ERRORS=false',
    ],
    production,
  ],
  [env('BROWSER_IGNORE_HTTPS_ERRORS=false', 'BROWSER_MODEL=m'), [], production],
  [mesh(), [], production],
]);

says('unsafe-execution-string', [
  [
    mesh('"allow_unsafe_local_execution": "False"'),
    [
      'node.py:3:53 error [allow_unsafe_local_execution] "False" is text, and any text that is not empty counts as true: unconfined execution is on.',
      '  asks: Write False',
      '    -mesh = Mesh(config={"allow_unsafe_local_execution": "False"})',
      '    +mesh = Mesh(config={"allow_unsafe_local_execution": False})',
    ],
  ],
  [mesh('"allow_unsafe_local_execution": False'), []],
  [mesh('"allow_unsafe_local_execution": flag'), []],
  [env('ALLOW_UNSAFE_LOCAL_EXECUTION=text'), []],
  [mesh('"bind_host": "False"'), []],
]);
