// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** launch.json and tasks.json of VS Code, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('configurations', () => {
  test.each<[string, string[]]>([
    [
      '{"configurations": [{"name": "n", "type": "python", "program": "a.py"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework maybe',
        'env file ${workspaceFolder}/.env «\\"n\\"» 0:29, python-dotenv, optional, by the Python extension',
        'command "python a.py" «\\"a.py\\"» 0:63',
        'program file a.py «\\"a.py\\"» 0:63',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "type": "debugpy", "module": "app.node", "envFile": "x.env"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework maybe',
        'env file x.env «x.env» 0:87, python-dotenv, optional, by the Python extension',
        'command "python app.node" «\\"app.node\\"» 0:63',
        'program module app.node «\\"app.node\\"» 0:63',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "type": "node", "program": "a.js"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework no',
        'command "a.js" «\\"a.js\\"» 0:61',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "type": "python", "program": "${file}", "envFile": ""}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework maybe',
        'env file  «» 0:86, python-dotenv, optional, by the Python extension',
        'command "${file}" «\\"${file}\\"» 0:63',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "env": {"P2P_A": "1", "LOG_LEVEL": "x", "B": 2, "C": null, "D": ["x"], "OPENAI_API_KEY": "sk-12345678"}}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework yes',
        'P2P_A = <set 1> «\\"P2P_A\\": \\"1\\"» 0:42, name 0:43-48, value 0:51-54, double quotes, of launch:0',
        'LOG_LEVEL = "x" «\\"LOG_LEVEL\\": \\"x\\"» 0:56, name 0:57-66, value 0:69-72, double quotes, of launch:0',
        'B = <set 1> «\\"B\\": 2» 0:74, name 0:75-76, value 0:79-80, of launch:0',
        'C = absent «\\"C\\": null» 0:82, name 0:83-84, of launch:0',
        'D = absent «\\"D\\": [\\"x\\"]» 0:93, name 0:94-95, of launch:0',
        'OPENAI_API_KEY = <set 11 sk- base64 base64-8> «\\"OPENAI_API_KEY\\": \\"sk-12345678\\"» 0:105, name 0:106-120, value 0:123-136, double quotes, of launch:0',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
        'of the document: P2P_A LOG_LEVEL B C D OPENAI_API_KEY',
        'declares launch:0',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "env": {"P2P_A": "${env:X}", "LOG_LEVEL": "${workspaceFolder}/x", "ATHENA_URL": "$X ${other}"}}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework yes',
        'P2P_A = unknown: the editor fills in a variable «\\"P2P_A\\": \\"${env:X}\\"» 0:42, name 0:43-48, value 0:51-61, double quotes, of launch:0',
        'LOG_LEVEL = unknown: the editor fills in a variable «\\"LOG_LEVEL\\": \\"${workspaceFolder}/x\\"» 0:63, name 0:64-73, value 0:76-98, double quotes, of launch:0',
        'ATHENA_URL = "$X ${other}" «\\"ATHENA_URL\\": \\"$X ${other}\\"» 0:100, name 0:101-111, value 0:114-127, double quotes, of launch:0',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL',
        'declares launch:0',
        'with variables: 0:51 0:76 0:114',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "cwd": "/w", "program": "a.pyw"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework maybe',
        'command "python a.pyw" «\\"a.pyw\\"» 0:58',
        'program file a.pyw «\\"a.pyw\\"» 0:58',
        'directory "/w" «\\"/w\\"» 0:41',
        'network host',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "module": "jarviscore"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework yes',
        'command "python jarviscore" «\\"jarviscore\\"» 0:44',
        'program module jarviscore «\\"jarviscore\\"» 0:44',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
        'declares launch:0',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "program": "a.py", "module": "b"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework maybe',
        'command "python a.py" «\\"a.py\\"» 0:45',
        'program file a.py «\\"a.py\\"» 0:45',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "env": {}}]}',
      ['launch:0 (launch) "n" «\\"n\\"» 0:29, framework no', 'directory "${workspaceFolder}" «\\"n\\"» 0:29', 'network host'],
    ],
    [
      '{"configurations": [{"name": "n", "env": []}]}',
      ['launch:0 (launch) "n" «\\"n\\"» 0:29, framework no', 'directory "${workspaceFolder}" «\\"n\\"» 0:29', 'network host'],
    ],
    [
      '{"configurations": [{}]}',
      ['launch:0 (launch) "#1" «{}» 0:20, framework no', 'directory "${workspaceFolder}" «{}» 0:20', 'network host'],
    ],
    [
      '{"configurations": [\n{\n}]}',
      ['launch:0 (launch) "#1" «{» 1:0, framework no', 'directory "${workspaceFolder}" «{» 1:0', 'network host'],
    ],
    [
      '{"launch": {"configurations": [{"name": "n", "program": "a.py"}]}}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:40, framework maybe',
        'command "python a.py" «\\"a.py\\"» 0:56',
        'program file a.py «\\"a.py\\"» 0:56',
        'directory "${workspaceFolder}" «\\"n\\"» 0:40',
        'network host',
      ],
    ],
    ['', []],
    ['[]', []],
    ['{', []],
    ['{"configurations": {}}', []],
    [
      '// c\n{ /* d\n e */ "configurations": [\t{"name": "n", // x\n "env": {"P2P_A": "1//2", "LOG_LEVEL": "/* x */",},},],\n}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 2:35, framework yes',
        'P2P_A = <set 4> «\\"P2P_A\\": \\"1//2\\"» 3:9, name 3:10-15, value 3:18-24, double quotes, of launch:0',
        'LOG_LEVEL = "/* x */" «\\"LOG_LEVEL\\": \\"/* x */\\"» 3:26, name 3:27-36, value 3:39-48, double quotes, of launch:0',
        'directory "${workspaceFolder}" «\\"n\\"» 2:35',
        'network host',
        'of the document: P2P_A LOG_LEVEL',
        'declares launch:0',
      ],
    ],
    [
      '{"configurations": [{"name": "a \\" // b", "program": "a.py"}]} // end',
      [
        'launch:0 (launch) "a \\" // b" «\\"a \\\\\\" // b\\"» 0:29, framework maybe',
        'command "python a.py" «\\"a.py\\"» 0:53',
        'program file a.py «\\"a.py\\"» 0:53',
        'directory "${workspaceFolder}" «\\"a \\\\\\" // b\\"» 0:29',
        'network host',
      ],
    ],
    [
      '{"configurations": [{"name": "n", "env": {\n  "P2P_A": "1",\n  "LOG_LEVEL": "2"\n}}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:29, framework yes',
        'P2P_A = <set 1> «\\"P2P_A\\": \\"1\\"» 1:2, name 1:3-8, value 1:11-14, double quotes, of launch:0',
        'LOG_LEVEL = "2" «\\"LOG_LEVEL\\": \\"2\\"» 2:2, name 2:3-12, value 2:15-18, double quotes, of launch:0',
        'directory "${workspaceFolder}" «\\"n\\"» 0:29',
        'network host',
        'of the document: P2P_A LOG_LEVEL',
        'declares launch:0',
        'lines of their own: 1',
      ],
    ],
    ['// jarviscore: ignore a\n{"configurations": []}', ['line 1 silences [a «a» 0:22] «// jarviscore: ignore a» 0:0']],
    [
      '{"configurations": [{"name": "a"}, {"name": "b"}], "compounds": [{"name": "x", "configurations": ["a", "b"]}, {"configurations": ["a", 1]}, {"name": "y", "configurations": [{"name": "b"}]}]}',
      [
        'launch:0 (launch) "a" «\\"a\\"» 0:29, framework no',
        'directory "${workspaceFolder}" «\\"a\\"» 0:29',
        'network host',
        'option together "x" «\\"a\\"» 0:29',
        'option together "#1" «\\"a\\"» 0:29',
        'launch:1 (launch) "b" «\\"b\\"» 0:44, framework no',
        'directory "${workspaceFolder}" «\\"b\\"» 0:44',
        'network host',
        'option together "x" «\\"b\\"» 0:44',
        'option together "y" «\\"b\\"» 0:44',
      ],
    ],
    ['/* unclosed {"configurations": []}', []],
    [
      '{"a": "x\n", "configurations": [{"name": "n", "program": "a.py"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 1:31, framework maybe',
        'command "python a.py" «\\"a.py\\"» 1:47',
        'program file a.py «\\"a.py\\"» 1:47',
        'directory "${workspaceFolder}" «\\"n\\"» 1:31',
        'network host',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('.vscode/launch.json', text)).toEqual(expected);
  });
});

describe('tasks', () => {
  test.each<[string, string[]]>([
    [
      '{"tasks": [{"label": "n", "command": "python a.py"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:21, framework maybe',
        'command "python a.py" «\\"python a.py\\"» 0:37',
        'program file a.py «\\"python a.py\\"» 0:37',
        'directory "${workspaceFolder}" «\\"n\\"» 0:21',
        'network host',
      ],
    ],
    [
      '{"tasks": [{"label": "n", "command": "P2P_A=1 LOG_LEVEL=$X python a.py"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:21, framework yes',
        'P2P_A = <set 1> «\\"P2P_A=1 LOG_LEVEL=$X python a.py\\"» 0:37, name 0:37-71, value 0:37-71, other quotes, of launch:0',
        'LOG_LEVEL = unknown: the shell fills in a variable «\\"P2P_A=1 LOG_LEVEL=$X python a.py\\"» 0:37, name 0:37-71, value 0:37-71, other quotes, of launch:0',
        'command "python a.py" «\\"P2P_A=1 LOG_LEVEL=$X python a.py\\"» 0:37',
        'program file a.py «\\"P2P_A=1 LOG_LEVEL=$X python a.py\\"» 0:37',
        'directory "${workspaceFolder}" «\\"n\\"» 0:21',
        'network host',
        'of the document: P2P_A LOG_LEVEL',
        'declares launch:0',
        'with variables: 0:37',
      ],
    ],
    [
      '{"tasks": [{"label": "n", "command": "python", "args": ["-m", "app", {"value": "x"}, "y z"]}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:21, framework maybe',
        'command "python app" «\\"python\\"» 0:37',
        'program module app «\\"python\\"» 0:37',
        'directory "${workspaceFolder}" «\\"n\\"» 0:21',
        'network host',
      ],
    ],
    [
      '{"tasks": [{"label": "n", "command": "python", "args": ["a.py"], "options": {"cwd": "/w", "env": {"P2P_A": "1"}}}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:21, framework yes',
        'P2P_A = <set 1> «\\"P2P_A\\": \\"1\\"» 0:98, name 0:99-104, value 0:107-110, double quotes, of launch:0',
        'command "python a.py" «\\"python\\"» 0:37',
        'program file a.py «\\"python\\"» 0:37',
        'directory "/w" «\\"/w\\"» 0:84',
        'network host',
        'of the document: P2P_A',
        'declares launch:0',
      ],
    ],
    [
      '{"tasks": [{"label": "n", "command": "ls"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:21, framework no',
        'command "ls" «\\"ls\\"» 0:37',
        'directory "${workspaceFolder}" «\\"n\\"» 0:21',
        'network host',
      ],
    ],
    [
      '{"tasks": [{"label": "n", "dependsOn": "m"}]}',
      ['launch:0 (launch) "n" «\\"n\\"» 0:21, framework no', 'directory "${workspaceFolder}" «\\"n\\"» 0:21', 'network host'],
    ],
    [
      '{"tasks": [{"label": "n", "dependsOn": ["n"]}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:21, framework no',
        'directory "${workspaceFolder}" «\\"n\\"» 0:21',
        'network host',
        'option together "n" «\\"n\\"» 0:21',
      ],
    ],
    [
      '{"tasks": [{"label": "n", "command": "python jarviscore"}]}',
      [
        'launch:0 (launch) "n" «\\"n\\"» 0:21, framework maybe',
        'command "python" «\\"python jarviscore\\"» 0:37',
        'directory "${workspaceFolder}" «\\"n\\"» 0:21',
        'network host',
      ],
    ],
    [
      '{"options": {"env": {"LOG_LEVEL": "x"}}, "tasks": [{"label": "a", "options": {"env": {"P2P_A": "1"}}}, {"taskName": "b"}, {}]}',
      [
        'launch:0 (launch) "a" «\\"a\\"» 0:61, framework yes',
        'LOG_LEVEL = "x" «\\"LOG_LEVEL\\": \\"x\\"» 0:21, name 0:22-31, value 0:34-37, double quotes, of launch:0',
        'P2P_A = <set 1> «\\"P2P_A\\": \\"1\\"» 0:86, name 0:87-92, value 0:95-98, double quotes, of launch:0',
        'directory "${workspaceFolder}" «\\"a\\"» 0:61',
        'network host',
        'launch:1 (launch) "b" «{\\"taskName\\": \\"b\\"}» 0:103, framework no',
        'LOG_LEVEL = "x" «\\"LOG_LEVEL\\": \\"x\\"» 0:21, name 0:22-31, value 0:34-37, double quotes, of launch:1',
        'directory "${workspaceFolder}" «{\\"taskName\\": \\"b\\"}» 0:103',
        'network host',
        'launch:2 (launch) "#3" «{}» 0:122, framework no',
        'LOG_LEVEL = "x" «\\"LOG_LEVEL\\": \\"x\\"» 0:21, name 0:22-31, value 0:34-37, double quotes, of launch:2',
        'directory "${workspaceFolder}" «{}» 0:122',
        'network host',
        'of the document: LOG_LEVEL P2P_A',
        'declares launch:0',
      ],
    ],
    [
      '{"tasks": [{"label": "a"}, {"label": "b", "dependsOn": ["a", "c"]}, {"dependsOn": "a"}]}',
      [
        'launch:0 (launch) "a" «\\"a\\"» 0:21, framework no',
        'directory "${workspaceFolder}" «\\"a\\"» 0:21',
        'network host',
        'option together "b" «\\"a\\"» 0:21',
        'option together "#2" «\\"a\\"» 0:21',
        'launch:1 (launch) "b" «\\"b\\"» 0:37, framework no',
        'directory "${workspaceFolder}" «\\"b\\"» 0:37',
        'network host',
        'launch:2 (launch) "#3" «{\\"dependsOn\\": \\"a\\"}» 0:68, framework no',
        'directory "${workspaceFolder}" «{\\"dependsOn\\": \\"a\\"}» 0:68',
        'network host',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('.vscode/tasks.json', text)).toEqual(expected);
  });
});
