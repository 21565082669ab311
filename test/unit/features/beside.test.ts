// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, it } from 'vitest';
import { lensPlaces, lensTitle } from '#server/config/features/codeLens.ts';
import { type HintKind, hintKinds, inlayHints } from '#server/config/features/inlayHints.ts';
import { links } from '#server/config/features/links.ts';
import { settingSymbols } from '#server/config/features/workspaceSymbols.ts';
import { type Files, modelOf, uriOf } from '../rules/workspace.ts';
import { everyKind, finish, shown } from './places.ts';

const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
const mesh = (body: string): string => `from jarviscore import Mesh\nmesh = Mesh(config={${body}})\n`;

function hints(files: Files, path: string, kinds: readonly HintKind[] = hintKinds, range = whole): string[] {
  const found = finish(inlayHints(modelOf(files), uriOf(path), range, new Set(kinds)));
  return found.map(({ position, label }) => `${position.line + 1}:${position.character} ${label}`);
}

describe('links', () => {
  const list = (files: Files, path: string) =>
    links(modelOf(files), uriOf(path)).map(
      (link) => `${shown(files, [{ uri: uriOf(path), range: link.range }])[0]} -> ${link.targets.join(' ')}`,
    );

  it('leads to the files of the workspace, by whatever path the running system would use', () => {
    expect(list(everyKind, 'docker-compose.yml')).toEqual([`docker-compose.yml:4 coder.env -> ${uriOf('coder.env')}`]);
    expect(list(everyKind, 'writer.service')).toEqual([`writer.service:3 /etc/fleet/writer.env -> ${uriOf('writer.env')}`]);
    expect(list(everyKind, 'Dockerfile')).toEqual([`Dockerfile:4 coder.env -> ${uriOf('coder.env')}`]);
    expect(list(everyKind, '.vscode/launch.json')).toEqual([
      `.vscode/launch.json:1 \${workspaceFolder}/.env -> ${uriOf('.env')}`,
    ]);
  });

  it('names the place of a file that is not there, and leaves out what only a running system knows', () => {
    const files = {
      'sub/compose.yml':
        'services:\n  a:\n    image: jarviscore:1\n    env_file: [../my file.env, "${WHERE}/b.env"]\n    extends: {file: base.yml, service: a}\n',
    };
    expect(list(files, 'sub/compose.yml')).toEqual([
      `sub/compose.yml:4 ../my file.env -> ${uriOf('my%20file.env')}`,
      `sub/compose.yml:5 base.yml -> ${uriOf('sub/base.yml')}`,
    ]);
  });

  it('starts the paths of COPY in the folder the image is built from', () => {
    const files = {
      'docker/Dockerfile': 'FROM python\nCOPY prod.env /app/\n',
      'compose.yml': 'services:\n  a:\n    build: {context: ., dockerfile: docker/Dockerfile}\n',
      'prod.env': 'A=1\n',
    };
    expect(list(files, 'docker/Dockerfile')).toEqual([`docker/Dockerfile:2 prod.env -> ${uriOf('prod.env')}`]);
  });
});

describe('inlay hints', () => {
  it('derives the ZeroMQ port behind the line that wins', () => {
    expect(hints({ '.env': 'JARVISCORE_BIND_PORT=7946\nZMQ_PORT_OFFSET=2000\n' }, '.env', ['derivedPorts'])).toEqual([
      '1:25 ZeroMQ 9946',
    ]);
    const files = { '.env': 'JARVISCORE_BIND_PORT=7946\n', 'a.py': mesh('"bind_port": 7950, "p2p_enabled": True') };
    expect(hints(files, '.env', ['derivedPorts'])).toEqual([]);
    expect(hints(files, 'a.py', ['derivedPorts'])).toEqual(['2:37 ZeroMQ 8950']);
    expect(hints({ 'a.py': mesh('"bind_port": 7950, "p2p_enabled": False') }, 'a.py', ['derivedPorts'])).toEqual([]);
  });

  it('says which line beats this one, with its value', () => {
    const files = {
      '.env': 'JARVISCORE_BIND_PORT=7946\nKEEPALIVE_INTERVAL=60\nKEEPALIVE_INTERVAL=30\n',
      'a.py': mesh('"bind_port": 7950'),
    };
    expect(hints(files, '.env', ['overridden'])).toEqual(['1:25 overridden by a.py:2 (7950)', '2:21 overridden by .env:3 (30)']);
  });

  it('names the processes that take another value', () => {
    const files = { '.env': 'KEEPALIVE_ENABLED=true\n', 'a.py': mesh('"keepalive_enabled": False'), 'b.py': mesh('') };
    expect(hints(files, '.env', ['overridden'])).toEqual(['1:22 in a: overridden by a.py:2 (False)']);
  });

  it('leaves lines that differ from process to process to the tooltip', () => {
    const files = {
      '.env': 'KEEPALIVE_ENABLED=true\n',
      'a.py': mesh('"keepalive_enabled": False'),
      'b.py': mesh('"keepalive_enabled": True'),
    };
    expect(hints(files, '.env', ['overridden'])).toEqual(['1:22 overridden in every process']);
    const [hint] = finish(inlayHints(modelOf(files), uriOf('.env'), whole, new Set(hintKinds)));
    expect(hint?.tooltip).toBe('a: overridden by a.py:2 (False)\nb: overridden by b.py:2 (True)');
    const one = { ...files, 'c.py': mesh('') };
    expect(hints(one, '.env', ['overridden'])).toEqual(['1:22 overridden in a, b']);
  });

  it('shows no value of a secret', () => {
    const files = { '.env': 'CLAUDE_API_KEY=sk-ant-canary-1\n', 'a.py': mesh('"claude_api_key": "sk-ant-canary-2"') };
    expect(hints(files, '.env')).toEqual(['1:30 overridden by a.py:2']);
    expect(JSON.stringify(finish(inlayHints(modelOf(files), uriOf('.env'), whole, new Set(hintKinds))))).not.toContain('canary');
  });

  it('shows the default where a line gives no value', () => {
    expect(hints({ '.env': 'KEEPALIVE_INTERVAL\nREDIS_URL\n' }, '.env', ['defaults'])).toEqual([
      '1:18 default: 90',
      '2:9 default: none',
    ]);
    expect(hints({ '.env': 'KEEPALIVE_INTERVAL=60\n' }, '.env', ['defaults'])).toEqual([]);
  });

  it('shows how often keepalives are really sent, where that is not the interval', () => {
    const pair = {
      'a.py': mesh('"bind_port": 7946, "keepalive_interval": 90, "p2p_enabled": True'),
      'b.py': mesh(
        '"bind_port": 7950, "seed_nodes": "127.0.0.1:7946", "keepalive_interval": 60, "activity_suppress_window": 20, "p2p_enabled": True',
      ),
    };
    expect(hints(pair, 'a.py', ['keepalive'])).toEqual(['2:63 sent every 130 s']);
    expect(hints(pair, 'b.py', ['keepalive'])).toEqual([]);
    const off = { 'a.py': mesh('"keepalive_interval": 90, "p2p_enabled": False') };
    expect(hints(off, 'a.py', ['keepalive'])).toEqual([]);
  });

  it('says nothing of a line that is only filled in elsewhere', () => {
    const files = {
      '.env': 'JARVISCORE_BIND_PORT=7946\n',
      'compose.yaml':
        'services:\n  a:\n    image: jarviscore:1\n    environment:\n      JARVISCORE_BIND_PORT: ${JARVISCORE_BIND_PORT}\n',
    };
    expect(hints(files, '.env')).toEqual([]);
    expect(hints(files, 'compose.yaml')).toEqual(['5:51 ZeroMQ 8946']);
  });

  it('keeps to the range and the kinds that are wanted, and out of templates', () => {
    const files = {
      '.env': 'JARVISCORE_BIND_PORT=7946\n\n\nKEEPALIVE_INTERVAL\n',
      '.env.example': 'JARVISCORE_BIND_PORT=7946\n',
    };
    const first = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    expect(hints(files, '.env', hintKinds, first)).toEqual(['1:25 ZeroMQ 8946']);
    expect(hints(files, '.env', ['defaults'], first)).toEqual([]);
    expect(hints(files, '.env', [])).toEqual([]);
    expect(hints(files, '.env.example')).toEqual([]);
  });
});

describe('code lenses', () => {
  const lens = (files: Files, path: string): (string | null)[] => {
    const model = modelOf(files);
    return lensPlaces(model, uriOf(path)).map(({ process, range }) => `${range.start.line + 1} ${lensTitle(model, process)}`);
  };

  it('says whom a process joins and how many of its settings count', () => {
    const files = {
      'a.py': mesh('"node_name": "a", "bind_port": 7946, "p2p_enabled": True'),
      'b.py': mesh('"node_name": "b", "bind_port": 7950, "seed_nodes": "127.0.0.1:7946, 10.1.1.1:1", "p2p_enabled": True'),
      'b.env': '',
      '.env': 'HITL_ENABLED=true\n',
    };
    expect(lens(files, 'a.py')).toEqual(['2 process a · joined by b · 4 settings (1 not read)']);
    expect(lens(files, 'b.py')).toEqual(['2 process b · joins a, 10.1.1.1:1 · 5 settings (1 not read)']);
    expect(lens(files, '.env')).toEqual([]);
  });

  it('stands above services, units and workloads, and says who starts a program', () => {
    expect(lens(everyKind, 'docker-compose.yml')).toEqual([expect.stringMatching(/^2 process coder · .* · \d+ settings/)]);
    expect(lens(everyKind, 'writer.service')).toEqual([expect.stringMatching(/^4 process writer · /)]);
    expect(lens(everyKind, 'coder.py')).toEqual([expect.stringMatching(/· started as coder/)]);
  });

  it('says that P2P is off, and knows when a process is gone', () => {
    const files = { 'a.py': mesh('"p2p_enabled": False') };
    expect(lens(files, 'a.py')).toEqual(['2 process a · P2P off · 1 setting']);
    expect(lensTitle(modelOf(files), 'gone')).toBeNull();
  });
});

describe('workspace symbols', () => {
  it('finds settings by letters in their order', () => {
    const found = finish(settingSymbols(modelOf(everyKind), 'jbport'));
    expect(found.map(({ name, file }) => `${name} ${file}`)).toContain('JARVISCORE_BIND_PORT coder.env');
    expect(found.every(({ name }) => name === 'JARVISCORE_BIND_PORT')).toBe(true);
    expect(finish(settingSymbols(modelOf(everyKind), 'zzz'))).toEqual([]);
  });
});
