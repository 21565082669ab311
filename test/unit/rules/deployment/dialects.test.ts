/** What the rules of config/rules/deployment/dialects.ts say. */

import { a } from '../deploymentWorkspaces.ts';
import { env, mesh } from '../said.ts';
import { says } from '../says.ts';

says('dotenv-export-prefix', [
  [{ 'a.env': 'export LOG_LEVEL=INFO\nA=1\n', ...a('env_file: a.env') }, []],
  [
    {
      'a.env': 'export LOG_LEVEL=INFO\n',
      'node.service': '[Service]\nEnvironmentFile=/w/a.env\nExecStart=/usr/bin/python node.py\n',
    },
    [
      'a.env:1:1 info [LOG_LEVEL] systemd, which node has read this file, does not know "export": it ignores the line.',
      '  see node.service:2:17 node reads this file',
      '  safe: Remove "export"',
      '    -export LOG_LEVEL=INFO',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [
    { 'a.env': 'export LOG_LEVEL=INFO\n', 'run.sh': '#!/bin/sh\ndocker run --env-file a.env acme/node\n' },
    [
      'a.env:1:1 info [LOG_LEVEL] Docker, which acme/node has read this file, does not know "export": it refuses the file.',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove "export"',
      '    -export LOG_LEVEL=INFO',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [env('export LOG_LEVEL=INFO'), []],
]);

says('dotenv-inline-comment-other-loader', [
  [
    {
      'a.env': 'LOG_LEVEL=INFO # loud\nREDIS_DB="1"\nOTHER="x"\n',
      'run.sh': '#!/bin/sh\ndocker run --env-file a.env acme/node\n',
    },
    [
      'a.env:1:16 warning [LOG_LEVEL] Docker, which acme/node has read this file, takes the comment as part of LOG_LEVEL. Docker reads "INFO # …".',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -LOG_LEVEL=INFO # loud',
      '    +LOG_LEVEL=INFO',
      'a.env:2:10 warning [REDIS_DB] Docker, which acme/node has read this file, takes the quotes as part of REDIS_DB. Docker reads "\\"1\\"".',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the quotes',
      '    -REDIS_DB="1"',
      '    +REDIS_DB=1',
      'a.env:3:7 warning [OTHER] Docker, which acme/node has read this file, takes the quotes as part of OTHER.',
      '  see run.sh:2:23 acme/node reads this file',
    ],
  ],
  [
    {
      'a.env': 'LOG_LEVEL="INFO" # loud\nNEXUS_SECRET=abcdefgh # x\nA=b # c\n',
      'run.sh': '#!/bin/sh\ndocker run --env-file a.env acme/node\n',
    },
    [
      'a.env:1:18 warning [LOG_LEVEL] Docker, which acme/node has read this file, takes the quotes and the comment as part of LOG_LEVEL. Docker reads "\\"INFO\\" # …".',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -LOG_LEVEL="INFO" # loud',
      '    +LOG_LEVEL=INFO',
      'a.env:2:23 warning [NEXUS_SECRET] Docker, which acme/node has read this file, takes the comment as part of NEXUS_SECRET.',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -NEXUS_SECRET=abcdefgh # x',
      '    +NEXUS_SECRET=abcdefgh',
      'a.env:3:5 warning [A] Docker, which acme/node has read this file, takes the comment as part of A.',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -A=b # c',
      '    +A=b',
    ],
  ],
  [
    {
      'a.env': 'LOG_LEVEL=INFO # loud\n',
      'node.service': '[Service]\nEnvironmentFile=/w/a.env\nExecStart=/usr/bin/python node.py\n',
    },
    [
      'a.env:1:16 warning [LOG_LEVEL] systemd, which node has read this file, takes the comment as part of LOG_LEVEL. systemd reads "INFO # …".',
      '  see node.service:2:17 node reads this file',
      '  safe: Remove the comment',
      '    -LOG_LEVEL=INFO # loud',
      '    +LOG_LEVEL=INFO',
    ],
  ],
  [
    {
      '.env': 'LOG_LEVEL=INFO # loud\nLOG_DIRECTORY="a\\nb"\n',
      ...mesh(),
      'run.sh': '#!/bin/sh\ndocker run --env-file .env acme/node\n',
    },
    [
      '.env:1:16 warning [LOG_LEVEL] Docker, which acme/node has read this file, takes the comment as part of LOG_LEVEL. python-dotenv reads "INFO", Docker "INFO # …".',
      '  see run.sh:2:23 acme/node reads this file',
      '  safe: Remove the comment',
      '    -LOG_LEVEL=INFO # loud',
      '    +LOG_LEVEL=INFO',
      '.env:2:15 warning [LOG_DIRECTORY] Docker, which acme/node has read this file, takes the quotes as part of LOG_DIRECTORY. python-dotenv reads "a\\nb", Docker "\\"a\\\\nb\\"".',
      '  see run.sh:2:23 acme/node reads this file',
    ],
  ],
  [{ '.env': 'LOG_LEVEL=INFO # loud\n', ...mesh() }, []],
]);
