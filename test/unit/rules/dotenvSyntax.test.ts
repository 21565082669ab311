// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** What the rules of config/rules/dotenvSyntax.ts say. */
import { env } from './said.ts';
import { says } from './says.ts';

says('dotenv-hash-without-space', [
  [
    env('LOG_LEVEL=INFO#x'),
    [
      '.env:1:15 warning [LOG_LEVEL] "#" without whitespace before it belongs to the value of LOG_LEVEL here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Put the value in quotes',
      '    -LOG_LEVEL=INFO#x',
      '    +LOG_LEVEL="INFO#x"',
      '  asks: Begin a comment here',
      '    -LOG_LEVEL=INFO#x',
      '    +LOG_LEVEL=INFO #x',
    ],
  ],
  [
    env('JARVISCORE_BIND_PORT=7950#x'),
    [
      '.env:1:26 error [JARVISCORE_BIND_PORT] "#" without whitespace before it belongs to the value of JARVISCORE_BIND_PORT here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Begin a comment here',
      '    -JARVISCORE_BIND_PORT=7950#x',
      '    +JARVISCORE_BIND_PORT=7950 #x',
    ],
  ],
  [
    env('P2P_ENABLED=true#x'),
    [
      '.env:1:17 error [P2P_ENABLED] "#" without whitespace before it belongs to the value of P2P_ENABLED here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Begin a comment here',
      '    -P2P_ENABLED=true#x',
      '    +P2P_ENABLED=true #x',
    ],
  ],
  [
    env('LLM_TIMEOUT=5#x'),
    [
      '.env:1:14 error [LLM_TIMEOUT] "#" without whitespace before it belongs to the value of LLM_TIMEOUT here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Begin a comment here',
      '    -LLM_TIMEOUT=5#x',
      '    +LLM_TIMEOUT=5 #x',
    ],
  ],
  [
    env('OTHER=a#b'),
    [
      '.env:1:8 warning [OTHER] "#" without whitespace before it belongs to the value of OTHER here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
      '  asks: Put the value in quotes',
      '    -OTHER=a#b',
      '    +OTHER="a#b"',
      '  asks: Begin a comment here',
      '    -OTHER=a#b',
      '    +OTHER=a #b',
    ],
  ],
]);

says('dotenv-trailing-space-in-quotes', [
  [
    env('P2P_ENABLED="true "'),
    [
      '.env:1:18 error [P2P_ENABLED] The space before the closing quote is part of the value of P2P_ENABLED.',
      '  asks: Remove the space',
      '    -P2P_ENABLED="true "',
      '    +P2P_ENABLED="true"',
    ],
  ],
  [
    env('LOG_LEVEL="INFO "'),
    [
      '.env:1:16 warning [LOG_LEVEL] The space before the closing quote is part of the value of LOG_LEVEL.',
      '  asks: Remove the space',
      '    -LOG_LEVEL="INFO "',
      '    +LOG_LEVEL="INFO"',
    ],
  ],
]);

says('dotenv-interpolation', [
  [
    env('LOG_LEVEL=${X}'),
    [
      '.env:1:11 info [LOG_LEVEL] ${X} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
    ],
  ],
  [
    env('NEXUS_SECRET=abc${X}def'),
    [
      '.env:1:14 warning [NEXUS_SECRET] A dollar sign with braces in this secret is expanded by python-dotenv, in single quotes too, and cannot be escaped. Hand the secret over through the process environment.',
    ],
  ],
]);

says('dotenv-missing-equals', [
  [
    env('LOG_LEVEL'),
    [
      '.env:1:1 warning [LOG_LEVEL] LOG_LEVEL has no "=": nothing is set, the default stays.',
      '  asks: Write LOG_LEVEL=',
      '    -LOG_LEVEL',
      '    +LOG_LEVEL=',
    ],
  ],
  [env('P2P_ENABLED'), ['.env:1:1 warning [P2P_ENABLED] P2P_ENABLED has no "=": nothing is set, the default stays.']],
  [
    env('JARVISCORE_BIND_PORT'),
    ['.env:1:1 warning [JARVISCORE_BIND_PORT] JARVISCORE_BIND_PORT has no "=": nothing is set, the default stays.'],
  ],
  [env('LLM_TIMEOUT'), ['.env:1:1 warning [LLM_TIMEOUT] LLM_TIMEOUT has no "=": nothing is set, the default stays.']],
  [env('LOG_LEVEL=INFO \\', 'more'), []],
]);

says('commented-key-blocks-init', [
  [
    env('# NEXUS_GATEWAY_URL=x'),
    [
      '.env:1:3 hint [NEXUS_GATEWAY_URL] The init commands look for the text NEXUS_GATEWAY_URL anywhere in the file; this comment keeps them from writing the setting.',
      '  asks: Remove the comment line',
      '    -# NEXUS_GATEWAY_URL=x',
    ],
    { target: '2.2.0' },
  ],
  [env('# NEXUS_GATEWAY_URL=x', 'NEXUS_GATEWAY_URL=y'), [], { target: '2.2.0' }],
  [
    env('A=1', '# ATHENA_URL=x', '# NEXUS_STATE_KEY=', '# NEXUS_ENCRYPTION_KEY=', '# LOG_LEVEL='),
    [
      '.env:2:3 hint [ATHENA_URL] The init commands look for the text ATHENA_URL anywhere in the file; this comment keeps them from writing the setting.',
      '  asks: Remove the comment line',
      '    -# ATHENA_URL=x',
      '.env:3:3 hint [NEXUS_STATE_KEY] The init commands look for the text NEXUS_STATE_KEY anywhere in the file; this comment keeps them from writing the setting.',
      '  asks: Remove the comment line',
      '    -# NEXUS_STATE_KEY=',
      '.env:4:3 hint [NEXUS_ENCRYPTION_KEY] The init commands look for the text NEXUS_ENCRYPTION_KEY anywhere in the file; this comment keeps them from writing the setting.',
      '  asks: Remove the comment line',
      '    -# NEXUS_ENCRYPTION_KEY=',
    ],
    { target: '2.2.0' },
  ],
  [env('# NEXUS_GATEWAY_URL=x'), [], { target: '2.3.0' }],
]);
