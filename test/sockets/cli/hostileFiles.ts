/** Files that no person writes: each of them once cost minutes, all memory, or the findings of its neighbours. */

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const mesh = 'from jarviscore import Mesh\n';

/** File -> text or bytes, and the rule that must speak of it; null where nothing is wrong with it. */
export const hostileFiles: Readonly<Record<string, readonly [content: string | Uint8Array, rule: string | null]>> = {
  'latin1/.env': [new Uint8Array([0x41, 0x3d, 0xe4, 0x0a]), 'file-not-utf8'],
  'nul/.env': ['P2P_ENABLED=tr\0ue\n\0\0=\0\n', 'invalid-bool'],
  'line/.env': [`A=${'x'.repeat(10_000_000)}\n`, null],
  'spaces/.env': [`A=${' '.repeat(10_000_000)}x\n`, null],
  'open/.env': [`A="${'x'.repeat(10_000_000)}\n`, 'dotenv-unclosed-quote'],
  'invisible/.env': [`A=${'\u200b'.repeat(1_000_000)}\n`, 'dotenv-invisible-char'],
  'references/.env': [`A=${'$\u007bB}'.repeat(300_000)}\n`, 'dotenv-interpolation'],
  'growing/.env': [`A0=aaaaaaaaaa\n${lines(60, (i) => `A${i + 1}=$\{A${i}}$\{A${i}}\n`)}`, 'dotenv-interpolation'],
  'keys/.env': [lines(100_000, (i) => `APPLICATION_${i}=v${i}\n`), null],
  'problems/.env': [lines(30_000, (i) => `K${i} = "a  "\n`), 'dotenv-trailing-space-in-quotes'],
  'repeated/.env': [lines(30_000, () => 'P2P_ENABLED=true\n'), 'duplicate-key'],
  'suppressed/.env': [lines(20_000, (i) => `# jarviscore: ignore not-a-rule\nK${i} = "a  "\n`), 'suppression-unknown-rule'],
  'list/.env': [`# jarviscore: ignore ${'a, '.repeat(1_000_000)}\n`, 'suppression-unknown-rule'],
  'deep/compose.yaml': [`services:\n  a:\n    environment: ${'['.repeat(100_000)}\n`, 'file-unreadable'],
  'closed/compose.yaml': [`services:\n  a:\n    labels: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, 'file-unreadable'],
  'maps/node.yaml': [
    `apiVersion: v1\nkind: ConfigMap\ndata: ${'{a: '.repeat(100_000)}${'}'.repeat(100_000)}\n`,
    'file-unreadable',
  ],
  'dashes/node.yaml': [`apiVersion: v1\nkind: ConfigMap\ndata:\n  ${'- '.repeat(100_000)}\n`, 'file-unreadable'],
  'steps/compose.yaml': [`services:\n${lines(1_300, (i) => `${' '.repeat(i + 1)}image:\n`)}`, 'file-unreadable'],
  'aliases/compose.yaml': [
    `x0: &x0 {A: "1"}\n${lines(29, (i) => `x${i + 1}: &x${i + 1} [${`*x${i},`.repeat(9)}]\n`)}services:\n  a:\n    environment: *x29\n`,
    'file-unreadable',
  ],
  'merges/compose.yaml': [
    `x0: &x0 {A0: "1"}\n${lines(29, (i) => `x${i + 1}: &x${i + 1}\n  <<: [*x${i},*x${i},*x${i}]\n  A${i + 1}: 1\n`)}services:\n  a:\n    image: jarviscore\n    environment:\n      <<: *x29\n`,
    'file-unreadable',
  ],
  'circle/compose.yaml': [
    'include: [other.yaml]\nservices:\n  a:\n    extends: {file: other.yaml, service: a}\n    env_file: [compose.yaml, ., /dev/zero]\n    command: python -m jarviscore\n',
    'compose-cycle',
  ],
  'itself/compose.yaml': [
    'services:\n  a: &a\n    <<: *a\n    image: acme/agents\n    environment: {P2P_ENABLED: "true"}\n',
    'file-unreadable',
  ],
  'circle/other.yaml': [
    'include: [compose.yaml]\nservices:\n  a:\n    extends: {file: compose.yaml, service: a}\n    network_mode: service:a\n',
    null,
  ],
  'circle/requirements.txt': ['-r requirements.txt\n-c requirements.txt\n', null],
  'ports/compose.yaml': [`services:\n  a:\n    ports:\n      - "${':'.repeat(200_000)}"\n`, null],
  'nested/app.py': [
    `${mesh}x = ${'('.repeat(50_000)}${')'.repeat(50_000)}\nMesh(config={"p2p_enabled": "yess"})\n`,
    'mesh-config-type',
  ],
  'unclosed/app.py': [`${mesh}Mesh(config=${'{"a":'.repeat(20_000)}\n`, null],
  'doubling/app.py': [`${mesh}x = "a"\n${'x = x + x\n'.repeat(60)}Mesh(config={"node_name": x})\n`, null],
  'spreading/app.py': [
    `${mesh}x0 = {"a": 1}\n${lines(60, (i) => `x${i + 1} = {**x${i}, **x${i}, "k${i}": x${i}}\n`)}Mesh(config=x60)\n`,
    null,
  ],
  'long/app.py': [`${mesh}${'x = 1\n'.repeat(300_000)}`, 'file-too-large'],
  'meshes/app.py': [
    `${mesh}${lines(1_500, (i) => `m${i} = Mesh(config={"bind_port": ${7000 + i}, "seed_nodes": "127.0.0.1:7000"})\n`)}`,
    'port-collision-swim-zmq',
  ],
  'brackets/.vscode/launch.json': ['['.repeat(200_000), null],
  'long/.vscode/launch.json': [`{"jarviscore": [${'{"a":"b"},'.repeat(200_000)}]}`, 'file-too-large'],
  'versions/requirements.txt': [`jarviscore-framework${'>=1,'.repeat(500_000)}\n`, null],
  'names/requirements.txt': [
    `${lines(50_000, (i) => `package${i}>=1.0 ; python_version > "3"\n`)}jarviscore==1.0.2\n`,
    'install-name',
  ],
  'words/Dockerfile': [`FROM a\nRUN pip install ${'jarviscore '.repeat(20_000)}\n`, 'install-name'],
  'quotes/run.sh': [`jarviscore ${'"'.repeat(300_001)}`, null],
  'substitutions/run.sh': [`export A=${'$('.repeat(200_000)}\n`, null],
  'assignments/node.service': [`[Service]\nEnvironment=${'"A=1" '.repeat(50_000)}\nExecStart=python app.py\n`, null],
};
