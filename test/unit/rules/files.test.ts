/** Files beside the settings: policies, jarviscore-fleet.json, comments that silence, and what git would take along. */
import { env, joins, mesh, service } from './said.ts';
import { says } from './says.ts';
import type { Files } from './workspace.ts';

const policy = (path: string, text?: string, name = 'CONTROL_POLICY_PATH'): Files => ({
  ...env(`${name}=${path}`),
  ...mesh(),
  ...(text === undefined ? {} : { [path.replace(/^(?:\.\/|\/w\/)/, '')]: text }),
});
const fleet = (text: string, more: Files = {}): Files => ({ 'jarviscore-fleet.json': text, ...more });
const secret = 'NEXUS_SECRET=q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA\n';
const token = 'CLAUDE_API_KEY=sk-ant-q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA\n';

says('control-policy-missing-file', [
  [
    policy('/w/policy.yaml'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] /w/policy.yaml is not there: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [
    policy('policy.yaml'),
    [
      '.env:1:21 warning [CONTROL_POLICY_PATH] policy.yaml is not there, beside the program or above it: a policy that cannot be read refuses every call and every effect. A relative path depends on the working directory.',
    ],
  ],
  [
    policy('./conf/policy.yaml'),
    [
      '.env:1:21 warning [CONTROL_POLICY_PATH] ./conf/policy.yaml is not there, beside the program or above it: a policy that cannot be read refuses every call and every effect. A relative path depends on the working directory.',
    ],
  ],
  [policy('policy.yaml', 'rules: []\n'), []],
  [policy('/etc/policy.yaml'), []],
  [
    policy('/w/conf'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] /w/conf is not there: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [
    { ...policy('conf'), 'conf/x.txt': '' },
    [
      '.env:1:21 warning [CONTROL_POLICY_PATH] conf is a folder, beside the program or above it: a policy that cannot be read refuses every call and every effect. A relative path depends on the working directory.',
    ],
  ],
  [
    { ...policy('/w/conf'), 'conf/x.txt': '' },
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] /w/conf is a folder: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [policy('$HOME/policy.yaml'), []],
  [policy('~/policy.yaml'), []],
  [policy('%POLICY%'), []],
  [policy('C:/policy.yaml'), []],
  [policy(''), []],
  [
    policy('policy.yaml', undefined, 'JARVISCORE_CONTROL_POLICY'),
    [
      '.env:1:27 warning [JARVISCORE_CONTROL_POLICY] policy.yaml is not there, beside the program or above it: a policy that cannot be read refuses every call and every effect. A relative path depends on the working directory.',
    ],
  ],
  [
    { ...env('JARVISCORE_CONTROL_POLICY=a.yaml', 'CONTROL_POLICY_PATH=b.yaml'), ...mesh(), 'b.yaml': '{}\n' },
    [
      '.env:1:27 warning [JARVISCORE_CONTROL_POLICY] a.yaml is not there, beside the program or above it: a policy that cannot be read refuses every call and every effect. A relative path depends on the working directory.',
    ],
  ],
  [{ 'src/.env': 'CONTROL_POLICY_PATH=policy.yaml\n', ...mesh('', 'src/node.py'), 'policy.yaml': '{}\n' }, []],
  [{ ...service(['CONTROL_POLICY_PATH: /etc/policy.yaml']) }, []],
  [
    {
      'compose.yml':
        'services:\n  a:\n    build: .\n    command: python node.py\n    environment: {CONTROL_POLICY_PATH: /etc/conf/policy.yaml}\n    volumes: ["./conf:/etc/conf/"]\n',
      Dockerfile: 'FROM python:3.12\n',
      ...mesh(),
    },
    [
      'compose.yml:5:40 error [CONTROL_POLICY_PATH] /etc/conf/policy.yaml is not there: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [
    {
      'compose.yml':
        'services:\n  a:\n    build: .\n    command: python node.py\n    environment: {CONTROL_POLICY_PATH: /etc/conf/policy.yaml}\n    volumes: ["./conf:/etc/conf"]\n',
      Dockerfile: 'FROM python:3.12\n',
      ...mesh(),
      'conf/policy.yaml': '{}\n',
    },
    [],
  ],
  [
    {
      'compose.yml':
        'services:\n  a:\n    build: .\n    command: python node.py\n    environment: {CONTROL_POLICY_PATH: /etc/policy.yaml}\n    volumes: ["./p.yaml:/etc/policy.yaml"]\n',
      Dockerfile: 'FROM python:3.12\n',
      ...mesh(),
    },
    [
      'compose.yml:5:40 error [CONTROL_POLICY_PATH] /etc/policy.yaml is not there: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [
    {
      'compose.yml':
        'services:\n  a:\n    build: .\n    command: python node.py\n    environment: {CONTROL_POLICY_PATH: /etc/confident/policy.yaml}\n    volumes: ["./conf:/etc/conf"]\n',
      Dockerfile: 'FROM python:3.12\n',
      ...mesh(),
    },
    [],
  ],
  [
    {
      'compose.yml':
        'services:\n  a:\n    build: .\n    command: python node.py\n    environment: {CONTROL_POLICY_PATH: /etc/conf/policy.yaml}\n    volumes: ["conf:/etc/conf"]\n',
      Dockerfile: 'FROM python:3.12\n',
      ...mesh(),
    },
    [],
  ],
]);

says('control-policy-syntax', [
  [policy('policy.yaml', 'rules: []\n'), []],
  [policy('policy.yaml', ''), []],
  [policy('policy.yaml', '# nothing\n'), []],
  [policy('policy.yaml', 'null\n'), []],
  [
    policy('policy.yaml', '- a\n'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] policy.yaml is no mapping: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [
    policy('policy.yaml', 'text\n'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] policy.yaml is no mapping: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [
    policy('policy.yaml', 'a: 1\n---\nb: 2\n'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] policy.yaml holds several YAML documents: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [
    policy('policy.yaml', 'a: 1\nb: [\n'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] policy.yaml is no YAML (line 3): a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [policy('policy.yaml', 'a: 1\na: 2\n'), []],
  [policy('policy.json', '{"a": 1}'), []],
  [policy('policy.json', 'null'), []],
  [
    policy('policy.json', '[]'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] policy.json is no JSON object: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [policy('policy.json', '{"a": NaN}'), []],
  [
    policy('policy.json', '{a: 1}'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] policy.json is no JSON: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
  [
    policy('policy.json', '"x"'),
    [
      '.env:1:21 error [CONTROL_POLICY_PATH] policy.json is no JSON object: a policy that cannot be read refuses every call and every effect.',
    ],
  ],
]);

says('fleet-file-baseline', [
  [
    fleet('{"baseline": "known.json"}\n'),
    [
      'jarviscore-fleet.json:1:15 error known.json is not there. Write it with jarviscore-fleet check --write-baseline. Nothing is accepted until then.',
    ],
  ],
  [
    fleet('{"baseline": "/known.json"}\n'),
    [
      'jarviscore-fleet.json:1:15 error /known.json is an absolute path; name the file relative to the folder of this one. Nothing is accepted until then.',
    ],
  ],
  [
    fleet('{"baseline": "sub"}\n', { 'sub/x': '' }),
    ['jarviscore-fleet.json:1:15 error sub is a folder. Nothing is accepted until then.'],
  ],
  [
    fleet('{"baseline": "known.json"}\n', { 'known.json': '{}' }),
    [
      'jarviscore-fleet.json:1:15 error known.json is no baseline file. Write one with jarviscore-fleet check --write-baseline. Nothing is accepted until then.',
    ],
  ],
  [
    fleet('{"baseline": "known.json"}\n', { 'known.json': 'no' }),
    [
      'jarviscore-fleet.json:1:15 error known.json is no baseline file. Write one with jarviscore-fleet check --write-baseline. Nothing is accepted until then.',
    ],
  ],
  [fleet('{"target": "3.0.0"}\n'), []],
]);

says('fleet-file-no-match', [
  [
    fleet('{"hosts": {"one": {"processes": ["node", "other"]}}}\n', mesh()),
    ['jarviscore-fleet.json:1:43 warning No process called other is declared below this folder; there is node.'],
  ],
  [
    fleet('{"hosts": {"one": {"processes": ["other"]}}}\n'),
    ['jarviscore-fleet.json:1:35 warning No process called other is declared below this folder.'],
  ],
  [
    fleet(
      '{"hosts": {"one": {"processes": ["other"]}}}\n',
      Object.assign({}, ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => mesh('', `${name}.py`))),
    ),
    [
      'jarviscore-fleet.json:1:35 warning No process called other is declared below this folder; there are a, b, c, d, e and others.',
    ],
  ],
  [
    fleet(
      '{"hosts": {"one": {"processes": ["other"]}}}\n',
      Object.assign({}, ...['a', 'b', 'c', 'd', 'e'].map((name) => mesh('', `${name}.py`))),
    ),
    ['jarviscore-fleet.json:1:35 warning No process called other is declared below this folder; there are a, b, c, d, e.'],
  ],
  [
    fleet('{"hosts": {"one": {"files": ["*.py", "src/*.py", "!x.py"]}}}\n', mesh()),
    ['jarviscore-fleet.json:1:39 warning No file that matches src/*.py declares a process.'],
  ],
  [
    { 'sub/jarviscore-fleet.json': '{"hosts": {"one": {"processes": ["node"]}}}\n', ...mesh() },
    ['sub/jarviscore-fleet.json:1:35 warning No process called node is declared below this folder.'],
  ],
  [{ 'sub/jarviscore-fleet.json': '{"hosts": {"one": {"files": ["my node.py"]}}}\n', ...mesh('', 'sub/my node.py') }, []],
]);

says('fleet-file-syntax', [
  [
    fleet('{"target": \n'),
    [
      'jarviscore-fleet.json:1:2 error This property has no value.',
      'jarviscore-fleet.json:1:1 error The } for this bracket is missing.',
    ],
  ],
]);

says('fleet-file-unknown-key', [
  [
    fleet('{"targt": "3.0.0"}\n'),
    [
      'jarviscore-fleet.json:1:3 warning This file has no property "targt". Did you mean "target"?',
      '  asks: Write target',
      '    -{"targt": "3.0.0"}',
      '    +{"target": "3.0.0"}',
    ],
  ],
  [
    fleet('{"whatever": 1}\n'),
    [
      'jarviscore-fleet.json:1:3 warning This file has no property "whatever". It has: $schema, target, profile, severities, ignores, hosts, baseline.',
    ],
  ],
]);

says('fleet-file-unknown-release', [
  [
    fleet('{"target": "9.9.9"}\n'),
    [
      'jarviscore-fleet.json:1:13 warning 9.9.9 is no release that is known here (1.0.0 to 3.0.0); the files are checked for the nearest older one.',
    ],
  ],
]);

says('fleet-file-unknown-rule', [
  [
    fleet('{"severities": {"seed-self-aliass": "off"}}\n'),
    [
      'jarviscore-fleet.json:1:18 warning No rule is called seed-self-aliass. Did you mean seed-self-alias?',
      '  asks: Write seed-self-alias',
      '    -{"severities": {"seed-self-aliass": "off"}}',
      '    +{"severities": {"seed-self-alias": "off"}}',
    ],
  ],
  [
    fleet('{"severities": {"whatever-it-is": "off"}}\n'),
    ['jarviscore-fleet.json:1:18 warning No rule is called whatever-it-is.'],
  ],
]);

says('fleet-file-value', [
  [
    fleet('{"profile": "prod"}\n'),
    ['jarviscore-fleet.json:1:14 error profile: this must be one of "development", "production".'],
  ],
  [fleet('{"hosts": 5}\n'), ['jarviscore-fleet.json:1:11 error hosts: this must be an object.']],
]);

says('suppression-unknown-rule', [
  [
    env('# jarviscore: ignore seed-self-aliass', 'A=1'),
    [
      '.env:1:22 warning No rule is called seed-self-aliass, so this silences nothing. Did you mean seed-self-alias?',
      '  asks: Write seed-self-alias',
      '    -# jarviscore: ignore seed-self-aliass',
      '    +# jarviscore: ignore seed-self-alias',
    ],
  ],
  [
    env('# jarviscore: ignore whatever', 'A=1'),
    ['.env:1:22 warning No rule is called whatever, so this silences nothing. A reason stands after two hyphens: -- why.'],
  ],
  [
    env('# jarviscore: ignore seed-self, whatever -- why', 'A=1'),
    ['.env:1:33 warning No rule is called whatever, so this silences nothing. A reason stands after two hyphens: -- why.'],
  ],
  [env('# jarviscore: ignore seed-self', 'A=1'), []],
  [env('# jarviscore: ignore', 'A=1'), []],
]);

says('secret-committed', [
  [
    { '.env': secret },
    [
      '.env:1:14 error [NEXUS_SECRET] Git tracks this file with NEXUS_SECRET: everybody with the repository and its history has them. Take the file out (git rm --cached), ignore it, and replace the secrets.',
    ],
    { tracked: ['.env'] },
  ],
  [
    { '.env': secret },
    [
      '.env:1:14 error [NEXUS_SECRET] Git does not ignore this file with NEXUS_SECRET: the next git add takes it along. Name it in .gitignore.',
    ],
    { tracked: [] },
  ],
  [{ '.env': secret, '.gitignore': '.env\n' }, [], { tracked: [] }],
  [{ '.env': secret }, []],
  [
    { '.env': `${secret}${token}LOG_LEVEL=INFO\n` },
    [
      '.env:1:14 error [NEXUS_SECRET] Git tracks this file with NEXUS_SECRET and 1 more secret: everybody with the repository and its history has them. Take the file out (git rm --cached), ignore it, and replace the secrets.',
    ],
    { tracked: ['.env'] },
  ],
  [
    { '.env': `${token}${secret}REDIS_URL=redis://:hunter2hunter2@r\n` },
    [
      '.env:1:16 error [CLAUDE_API_KEY] Git does not ignore this file with CLAUDE_API_KEY and 2 more secrets: the next git add takes it along. Name it in .gitignore.',
    ],
    { tracked: [] },
  ],
  [{ '.env.example': secret }, [], { tracked: ['.env.example'] }],
  [{ '.env': 'NEXUS_SECRET=changeme\n' }, [], { tracked: ['.env'] }],
]);

says('journal-dir-committed', [
  [
    { ...env('JOURNAL_DIR=journal'), ...mesh(), '.gitignore': 'dist\n' },
    [
      '.env:1:13 warning [JOURNAL_DIR] The journal in journal is not ignored by git: prompts, results and approvals of every run become part of the repository.',
      '  asks: Add /journal/ to .gitignore',
      '    --- .gitignore',
      '    +/journal/',
    ],
    { tracked: [] },
  ],
  [
    { ...env('JOURNAL_DIR=journal'), ...mesh(), '.gitignore': 'dist' },
    [
      '.env:1:13 warning [JOURNAL_DIR] The journal in journal is not ignored by git: prompts, results and approvals of every run become part of the repository.',
      '  asks: Add /journal/ to .gitignore',
      '    --- .gitignore',
      '    +/journal/',
      '    +',
    ],
    { tracked: [] },
  ],
  [
    { ...env('JOURNAL_DIR=journal'), ...mesh() },
    [
      '.env:1:13 warning [JOURNAL_DIR] The journal in journal is not ignored by git: prompts, results and approvals of every run become part of the repository.',
    ],
    { tracked: [] },
  ],
  [{ ...env('JOURNAL_DIR=journal'), ...mesh(), '.gitignore': 'journal/\n' }, [], { tracked: [] }],
  [{ ...env('JOURNAL_DIR=journal'), ...mesh(), '.gitignore': 'journal/*\n' }, [], { tracked: [] }],
  [
    { ...env('JOURNAL_DIR=journal'), ...mesh(), 'journal/a.jsonl': '' },
    [
      '.env:1:13 warning [JOURNAL_DIR] The journal in journal is tracked by git: prompts, results and approvals of every run become part of the repository.',
    ],
    { tracked: ['journal/a.jsonl'] },
  ],
  [{ ...env('JOURNAL_DIR=off'), ...mesh() }, [], { tracked: [] }],
  [{ ...env('JOURNAL_DIR=None'), ...mesh() }, [], { tracked: [] }],
  [{ ...env('JOURNAL_DIR='), ...mesh() }, [], { tracked: [] }],
  [
    { ...env('JOURNAL_DIR=/w/my journal/'), ...mesh(), '.gitignore': '' },
    [
      '.env:1:13 warning [JOURNAL_DIR] The journal in /w/my journal/ is not ignored by git: prompts, results and approvals of every run become part of the repository.',
      '  asks: Add /my journal/ to .gitignore',
      '    --- .gitignore',
      '    +/my journal/',
    ],
    { tracked: [] },
  ],
  [{ ...env('JOURNAL_DIR=/var/journal'), ...mesh() }, [], { tracked: [] }],
  [{ ...env('JOURNAL_DIR=~/journal'), ...mesh() }, [], { tracked: [] }],
  [{ ...env('JOURNAL_DIR=C:/journal'), ...mesh() }, [], { tracked: [] }],
  [
    { ...env('JARVISCORE_JOURNAL_DIR=here', 'JOURNAL_DIR=there'), ...mesh() },
    [
      '.env:1:24 warning [JARVISCORE_JOURNAL_DIR] The journal in here is not ignored by git: prompts, results and approvals of every run become part of the repository.',
    ],
    { tracked: [] },
  ],
  [{ ...env('JARVISCORE_JOURNAL_DIR=', 'JOURNAL_DIR=there'), ...mesh() }, [], { tracked: [] }],
  [
    { ...env('JOURNAL_DIR=journal'), ...mesh('', 'a.py'), ...mesh('', 'b.py') },
    [
      '.env:1:13 warning [JOURNAL_DIR] The journal in journal is not ignored by git: prompts, results and approvals of every run become part of the repository.',
      '  see .env:1:13 b (b.py) writes there too',
    ],
    { tracked: [] },
  ],
  [
    { ...mesh(), '.gitignore': '' },
    [
      'node.py:3:8 warning [JOURNAL_DIR] The journal in .jarviscore/journal is not ignored by git: prompts, results and approvals of every run become part of the repository.',
      '  asks: Add /.jarviscore/journal/ to .gitignore',
      '    --- .gitignore',
      '    +/.jarviscore/journal/',
    ],
    { tracked: [] },
  ],
  [env('LOG_LEVEL=INFO'), [], { tracked: [] }],
  [
    env('JOURNAL_DIR=journal'),
    [
      '.env:1:13 warning [JOURNAL_DIR] The journal in journal is not ignored by git: prompts, results and approvals of every run become part of the repository.',
    ],
    { tracked: [] },
  ],
  [{ ...env('JOURNAL_DIR=journal'), ...joins('endpoint="h:1"') }, [], { tracked: [] }],
  [{ ...env('JOURNAL_DIR=journal'), ...mesh() }, []],
  [service(['JOURNAL_DIR: journal']), [], { tracked: [] }],
]);
