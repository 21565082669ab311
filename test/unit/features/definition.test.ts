// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, it } from 'vitest';
import { definition } from '#server/config/features/definition.ts';
import type { Position } from '#server/config/text/position.ts';
import { type Files, modelOf, uriOf } from '../rules/workspace.ts';
import { at, everyKind, finish, shown } from './places.ts';

function go(files: Files, path: string, position: Position, seed: string | null = null, of = modelOf(files)): string[] {
  const word = seed === null ? null : { text: seed, range: { start: position, end: position } };
  return shown(files, finish(definition(of, uriOf(path), position, word))?.places);
}
const find = (path: string, needle: string, nth = 1, seed: string | null = null) =>
  go(everyKind, path, at(everyKind, path, needle, nth), seed, modelOf(everyKind));

describe('definition of a name', () => {
  it('leads from a use to the line whose value counts', () => {
    expect(find('researcher.py', 'JARVISCORE_BIND_PORT')).toEqual(['.env:2 JARVISCORE_BIND_PORT']);
    expect(find('researcher.py', 'APP_ZONE')).toEqual(['researcher.py:7 APP_ZONE']);
    expect(find('tools.py', 'APP_ZONE')).toContain('.env:1 APP_ZONE');
  });

  it('leads from a line that loses to the one that wins', () => {
    const files = {
      '.env': 'JARVISCORE_BIND_PORT=7946\nREDIS_URL=redis://a:1\nREDIS_URL=redis://b:1\n',
      'node.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7950})\n',
    };
    expect(go(files, '.env', { line: 0, character: 3 })).toEqual(['node.py:2 bind_port']);
    expect(go(files, '.env', { line: 0, character: 23 })).toEqual(['node.py:2 bind_port']);
    expect(go(files, 'node.py', at(files, 'node.py', 'bind_port'))).toEqual(['node.py:2 bind_port']);
    expect(go(files, '.env', { line: 1, character: 3 })).toEqual(['.env:3 REDIS_URL']);
  });

  it('leads from a name nobody reads to the line that sets what was meant', () => {
    const files = { '.env': 'BIND_PORT=1\nJARVISCORE_BIND_PORT=7946\n' };
    expect(go(files, '.env', { line: 0, character: 3 })).toEqual(['.env:2 JARVISCORE_BIND_PORT', '.env:1 BIND_PORT']);
    expect(go({ '.env': 'BIND_PORT=1\n' }, '.env', { line: 0, character: 3 })).toEqual(['.env:1 BIND_PORT']);
  });

  it('names the winner of each process where they differ', () => {
    const files = {
      '.env': 'REDIS_URL=redis://a:1\n',
      'a.py': 'from jarviscore import Mesh\nmesh = Mesh(config={})\n',
      'b.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"redis_url": "redis://b:1"})\n',
    };
    expect(go(files, '.env', { line: 0, character: 3 })).toEqual(['.env:1 REDIS_URL', 'b.py:2 redis_url']);
  });

  it('takes a compose variable from the file beside it, an env file from its lines above', () => {
    expect(find('docker-compose.yml', 'APP_ZONE:-')).toEqual(['.env:1 APP_ZONE']);
    expect(find('.env', 'APP_ZONE}')).toEqual(['.env:1 APP_ZONE']);
    const twice = { '.env': 'A=1\nB=${A}\nA=2\nC=${A}\n' };
    expect(go(twice, '.env', { line: 1, character: 5 })).toEqual(['.env:1 A']);
    expect(go(twice, '.env', { line: 3, character: 5 })).toEqual(['.env:3 A']);
  });

  it('takes the key of a ConfigMap from the manifest that holds it', () => {
    expect(find('k8s.yaml', 'JARVISCORE_BIND_PORT', 3)).toEqual(['k8s.yaml:7 JARVISCORE_BIND_PORT']);
    expect(find('k8s.yaml', 'key: APP_ZONE', 1)).toEqual(['k8s.yaml:25 ZONE']);
    expect(find('k8s.yaml', 'APP_ZONE', 2)).toEqual(['k8s.yaml:6 APP_ZONE']);
    expect(find('k8s.yaml', 'ZONE)')).toEqual(['k8s.yaml:25 ZONE']);
  });

  it('takes a variable of a unit or script from its own lines', () => {
    expect(find('writer.service', 'APP_ZONE}')).toEqual(['writer.service:2 APP_ZONE']);
    expect(find('start.sh', 'APP_ZONE"')).toEqual(['start.sh:2 APP_ZONE']);
  });

  it('counts what is laid over a unit in another file', () => {
    const files = {
      'node.service': '[Service]\nEnvironment=JARVISCORE_NODE_NAME=a\nExecStart=/usr/bin/python3 node.py\n',
      'node.service.d/metrics.conf': '[Service]\nEnvironment=PROMETHEUS_ENABLED=true\n',
    };
    expect(go(files, 'node.service.d/metrics.conf', { line: 1, character: 14 })).toEqual([
      'node.service.d/metrics.conf:2 PROMETHEUS_ENABLED',
    ]);
  });

  it('has nothing to say about a default, and about text', () => {
    const files = { 'a.py': 'import os\nos.getenv("REDIS_URL")\n', '.env': '# nothing\n' };
    expect(go(files, 'a.py', { line: 1, character: 14 })).toEqual([]);
    expect(go(files, '.env', { line: 0, character: 4 })).toEqual([]);
  });
});

describe('definition of a path', () => {
  it('leads to the file in every notation', () => {
    expect(find('docker-compose.yml', 'coder.env')).toEqual(['coder.env:1']);
    expect(find('docker-compose.yml', 'coder.py')).toEqual(['coder.py:1']);
    expect(find('writer.service', '/etc/fleet/writer.env')).toEqual(['writer.env:1']);
    expect(find('Dockerfile', 'coder.env')).toEqual(['coder.env:1']);
    expect(find('.vscode/launch.json', '${workspaceFolder}/.env')).toEqual(['.env:1']);
  });

  it('follows load_dotenv, extends, include and source', () => {
    const files = {
      'app/node.py':
        'from pathlib import Path\nfrom dotenv import load_dotenv\nload_dotenv(Path(__file__).parent / "prod.env")\nload_dotenv(dotenv_path="shared.env")\n',
      'app/prod.env': 'A=1\n',
      'shared.env': 'A=1\n',
      'compose.yaml':
        'include:\n  - other.yaml\n  - path: [third.yaml]\nservices:\n  a:\n    extends:\n      file: base/compose.yml\n      service: a\n',
      'base/compose.yml': 'services:\n  a:\n    image: x\n',
      'other.yaml': 'a: 1\n',
      'third.yaml': 'a: 1\n',
      'run.sh': 'source ./shared.env\npython3 app/node.py\n',
    };
    const one = (path: string, needle: string) => go(files, path, at(files, path, needle));
    expect(one('app/node.py', 'prod.env')).toEqual(['app/prod.env:1']);
    expect(one('app/node.py', 'shared.env')).toEqual(['shared.env:1']);
    expect(one('compose.yaml', 'base/compose.yml')).toEqual(['base/compose.yml:1']);
    expect(one('compose.yaml', 'other.yaml')).toEqual(['other.yaml:1']);
    expect(one('compose.yaml', 'third.yaml')).toEqual(['third.yaml:1']);
    expect(one('run.sh', './shared.env')).toEqual(['shared.env:1']);
  });
});

describe('definition of a seed', () => {
  const files = {
    'a.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"node_name": "a", "bind_port": 7946, "p2p_enabled": True})\n',
    'b.py':
      'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7950, "p2p_enabled": True, "seed_nodes": "127.0.0.1:7946,127.0.0.1:7999"})\n',
  };
  const value = at(files, 'b.py', '127.0.0.1:7946');

  it('leads to the process that has the address', () => {
    expect(go(files, 'b.py', value, '127.0.0.1:7946')).toEqual(['a.py:2 Mesh(']);
  });

  it('leads to the winning line where no process has it', () => {
    expect(go(files, 'b.py', value, '127.0.0.1:7999')).toEqual(['b.py:2 seed_nodes']);
    expect(go(files, 'b.py', value, 'not an address')).toEqual(['b.py:2 seed_nodes']);
  });

  it('follows a service name', () => {
    expect(find('.env', 'coder:7950', 1, 'coder:7950')).toEqual(['docker-compose.yml:2 coder']);
  });
});
