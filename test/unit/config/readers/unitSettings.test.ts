// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Settings of systemd units, read whole: the environment and what stands around it. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('lines and sections', () => {
  test.each<[string, string[]]>([
    ['', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    ['[Service]', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    ['Environment=P2P_A=1', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    [
      '[Unit]\nEnvironment=P2P_A=1\n[Service]\nEnvironment=P2P_B=2\n[Install]\nEnvironment=P2P_C=3',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_B = <set 1> «P2P_B=2» 3:12, name 3:12-17, value 3:18-19, of unit:0',
        'network host',
        'of the document: P2P_B',
        'declares unit:0',
        'lines of their own: 3',
      ],
    ],
    [
      ' [Service] x\n\tEnvironment \t= \tP2P_A=1 ',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:17, name 1:17-22, value 1:23-24, of unit:0',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
      ],
    ],
    ['[Service\nEnvironment=P2P_A=1', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    ['[service]\nEnvironment=P2P_A=1', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    [
      '[Service]\r\nEnvironment=P2P_A=1\r\nEnvironment=P2P_B=2\r\n',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:12, name 1:12-17, value 1:18-19, of unit:0',
        'P2P_B = <set 1> «P2P_B=2» 2:12, name 2:12-17, value 2:18-19, of unit:0',
        'network host',
        'of the document: P2P_A P2P_B',
        'declares unit:0',
        'lines of their own: 1 2',
      ],
    ],
    [
      '[Service]\n#Environment=P2P_A=1\n  ;Environment=P2P_A=1\n\nenvironment=P2P_A=1\nEnvironment P2P_A=1\n=x\nEnvironment2=P2P_A=1',
      ['unit:0 (unit) "node" «» 0:0, framework no', 'network host'],
    ],
    [
      '[Service]\nEnvironment=P2P_A=1 \\\n# c\n ; d\n  P2P_B=2 \\\n\nEnvironment=P2P_C=3',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:12, name 1:12-17, value 1:18-19, of unit:0',
        'P2P_B = <set 1> «P2P_B=2» 4:2, name 4:2-7, value 4:8-9, of unit:0',
        'P2P_C = <set 1> «P2P_C=3» 6:12, name 6:12-17, value 6:18-19, of unit:0',
        'network host',
        'of the document: P2P_A P2P_B P2P_C',
        'declares unit:0',
        'lines of their own: 6',
      ],
    ],
    [
      '[Service]\nEnvironment=P2P_A=1 \\',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:12, name 1:12-17, value 1:18-19, of unit:0',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nEnvironment=P2P_A=1 \\\n',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:12, name 1:12-17, value 1:18-19, of unit:0',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nEnvironment=\\\nP2P_A=1',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 2:0, name 2:0-5, value 2:6-7, of unit:0',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
        'lines of their own: 2',
      ],
    ],
    [
      '[Service]\nEnvironment=P2P_A=1 \\\r\n P2P_B=2\r\n',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:12, name 1:12-17, value 1:18-19, of unit:0',
        'P2P_B = <set 1> «P2P_B=2» 2:1, name 2:1-6, value 2:7-8, of unit:0',
        'network host',
        'of the document: P2P_A P2P_B',
        'declares unit:0',
        'lines of their own: 2',
      ],
    ],
    ['[Service]\nX=\\\nEnvironment=P2P_A=1', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    [
      '# jarviscore: ignore a\n; jarviscore: ignore b\n[Service]',
      [
        'unit:0 (unit) "node" «» 0:0, framework no',
        'network host',
        'line 2 silences [a «a» 0:21] «# jarviscore: ignore a» 0:0',
        'line 2 silences [b «b» 1:21] «; jarviscore: ignore b» 1:0',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('node.service', text)).toEqual(expected);
  });
});

describe('Environment=', () => {
  test.each<[string, string[]]>([
    [
      '[Service]\nEnvironment=P2P_A=1 "LOG_LEVEL=a b" \'ATHENA_URL=c d\'',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:12, name 1:12-17, value 1:18-19, of unit:0',
        'LOG_LEVEL = "a b" «LOG_LEVEL=a b» 1:21, name 1:21-30, value 1:31-34, double quotes, of unit:0',
        'ATHENA_URL = "c d" «ATHENA_URL=c d» 1:37, name 1:37-47, value 1:48-51, single quotes, of unit:0',
        'network host',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nEnvironment=LOG_LEVEL="a b" P2P_A=1',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'LOG_LEVEL = "a b" «LOG_LEVEL=\\"a b\\"» 1:12, name 1:12-21, value 1:22-27, double quotes, of unit:0',
        'P2P_A = <set 1> «P2P_A=1» 1:28, name 1:28-33, value 1:34-35, of unit:0',
        'network host',
        'of the document: LOG_LEVEL P2P_A',
        'declares unit:0',
      ],
    ],
    [
      "[Service]\nEnvironment=P2P_A=x'y'z",
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        "P2P_A = <set 3> «P2P_A=x'y'z» 1:12, name 1:12-17, value 1:18-23, other quotes, of unit:0",
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
        'lines of their own: 1',
      ],
    ],
    [
      '[Service]\nEnvironment="P2P_A=1',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:13, name 1:13-18, value 1:19-20, double quotes, of unit:0',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
        'lines of their own: 1',
      ],
    ],
    [
      '[Service]\nEnvironment="P2P_A=1"LOG_LEVEL=2',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 12> «P2P_A=1\\"LOG_LEVEL=2» 1:13, name 1:13-18, value 1:19-32, other quotes, of unit:0',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
        'lines of their own: 1',
      ],
    ],
    ['[Service]\nEnvironment=P2P_A', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    [
      '[Service]\nEnvironment=1A=2 P2P_B=',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_B = <empty 0> «P2P_B=» 1:17, name 1:17-22, value 1:23-23, of unit:0',
        'network host',
        'of the document: P2P_B',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nEnvironment="LOG_LEVEL=a\\"b\\\\c\\x41\\n\\s\\q" P2P_A=1',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'LOG_LEVEL = "a\\"b\\\\cA\\n \\\\q" «LOG_LEVEL=a\\\\\\"b\\\\\\\\c\\\\x41\\\\n\\\\s\\\\q» 1:13, name 1:13-22, value 1:23-40, double quotes, of unit:0',
        'P2P_A = <set 1> «P2P_A=1» 1:42, name 1:42-47, value 1:48-49, of unit:0',
        'network host',
        'of the document: LOG_LEVEL P2P_A',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nEnvironment=LOG_LEVEL=a\\ b P2P_A=1',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'LOG_LEVEL = "a\\\\ b" «LOG_LEVEL=a\\\\ b» 1:12, name 1:12-21, value 1:22-26, of unit:0',
        'P2P_A = <set 1> «P2P_A=1» 1:27, name 1:27-32, value 1:33-34, of unit:0',
        'network host',
        'of the document: LOG_LEVEL P2P_A',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nEnvironment=P2P_A=1\nEnvironment=\nEnvironment=P2P_B=2',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_B = <set 1> «P2P_B=2» 3:12, name 3:12-17, value 3:18-19, of unit:0',
        'network host',
        'resets environment',
        'of the document: P2P_B',
        'declares unit:0',
        'lines of their own: 3',
      ],
    ],
    [
      '[Service]\nEnvironment=P2P_A=1;P2P_B=2',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 9> «P2P_A=1;P2P_B=2» 1:12, name 1:12-17, value 1:18-27, of unit:0',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
        'lines of their own: 1',
      ],
    ],
    [
      '[Service]\nEnvironment=P2P_A=$X LOG_LEVEL=${Y} ATHENA_URL=$(z)',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = <set 2> «P2P_A=$X» 1:12, name 1:12-17, value 1:18-20, of unit:0',
        'LOG_LEVEL = "${Y}" «LOG_LEVEL=${Y}» 1:21, name 1:21-30, value 1:31-35, of unit:0',
        'ATHENA_URL = "$(z)" «ATHENA_URL=$(z)» 1:36, name 1:36-46, value 1:47-51, of unit:0',
        'network host',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL',
        'declares unit:0',
        'with variables: 1:18 1:31 1:47',
      ],
    ],
    [
      '[Service]\nEnvironment=JARVISCORE_NODE_NAME=%i LOG_LEVEL=100%% ATHENA_URL=%h/%',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'JARVISCORE_NODE_NAME = unknown: systemd fills in a specifier (%) «JARVISCORE_NODE_NAME=%i» 1:12, name 1:12-32, value 1:33-35, of unit:0',
        'LOG_LEVEL = "100%" «LOG_LEVEL=100%%» 1:36, name 1:36-45, value 1:46-51, of unit:0',
        'ATHENA_URL = unknown: systemd fills in a specifier (%) «ATHENA_URL=%h/%» 1:52, name 1:52-62, value 1:63-67, of unit:0',
        'network host',
        'of the document: JARVISCORE_NODE_NAME LOG_LEVEL ATHENA_URL',
        'declares unit:0',
        'with variables: 1:33 1:63',
      ],
    ],
    [
      '[Service]\nEnvironment=OPENAI_API_KEY=sk-12345678 JARVISCORE_REDIS_URL=redis://u:p@h',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'OPENAI_API_KEY = <set 11 sk- base64 base64-8> «OPENAI_API_KEY=sk-12345678» 1:12, name 1:12-26, value 1:27-38, of unit:0',
        'JARVISCORE_REDIS_URL = "redis://u:***@h" (masked, set) «JARVISCORE_REDIS_URL=redis://u:p@h» 1:39, name 1:39-59, value 1:60-73, of unit:0',
        'network host',
        'of the document: OPENAI_API_KEY JARVISCORE_REDIS_URL',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nPassEnvironment=P2P_A "LOG_LEVEL"',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_A = absent «P2P_A» 1:16, name 1:16-21, of unit:0',
        'LOG_LEVEL = absent «\\"LOG_LEVEL\\"» 1:22, name 1:22-33, of unit:0',
        'network host',
        'of the document: P2P_A LOG_LEVEL',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nPassEnvironment=P2P_A\nPassEnvironment=\nPassEnvironment=P2P_B',
      [
        'unit:0 (unit) "node" «» 0:0, framework yes',
        'P2P_B = absent «P2P_B» 3:16, name 3:16-21, of unit:0',
        'network host',
        'of the document: P2P_B',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nUnsetEnvironment=P2P_A LOG_LEVEL=x',
      ['unit:0 (unit) "node" «» 0:0, framework no', 'network host', 'resets P2P_A, LOG_LEVEL=x'],
    ],
    [
      '[Service]\nUnsetEnvironment=A\nUnsetEnvironment=B\nUnsetEnvironment=\nUnsetEnvironment=C',
      ['unit:0 (unit) "node" «» 0:0, framework no', 'network host', 'resets C'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('node.service', text)).toEqual(expected);
  });
});
