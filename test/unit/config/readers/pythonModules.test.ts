import { describe, expect, test } from 'vitest';
import { buildModel } from '#server/config/model/build.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { modelOf, uriOf } from '../../rules/workspace.ts';
import { effective, processOf } from './processes.ts';

const node = (imports: string, dict: string): string =>
  `from jarviscore import Mesh\n${imports}\nmesh = Mesh(config={${dict}})\n`;

describe('constants of other modules', () => {
  test.each<[string, string, string, Record<string, string>]>([
    ['a sibling', 'from settings import PORT', 'PORT', { 'settings.py': 'PORT = 7950\n' }],
    ['a renamed one', 'from settings import PORT as P', 'P', { 'settings.py': 'PORT = 7950\n' }],
    ['a module', 'import settings', 'settings.PORT', { 'settings.py': 'BASE = 7940\nPORT = BASE + 10\n' }],
    ['a module of a package', 'from app import settings', 'settings.PORT', { 'app/settings.py': 'PORT = 7950\n' }],
    ['a dotted module', 'import app.settings', 'app.settings.PORT', { 'app/settings.py': 'PORT = 7950\n' }],
    [
      'a package',
      'from app import PORT',
      'PORT',
      { 'app/__init__.py': 'from .ports import PORT\n', 'app/ports.py': 'PORT = 7950\n' },
    ],
    ['a class', 'from settings import Ports', 'Ports.SWIM', { 'settings.py': 'class Ports:\n    SWIM: int = 7950\n' }],
    [
      'an instance of a dataclass',
      'from settings import config',
      'config.port',
      { 'settings.py': '@dataclass\nclass Config:\n    port: int = 1\n    host: str = "x"\n\nconfig = Config(port=7950)\n' },
    ],
    ['a dict', 'from settings import PORTS', 'PORTS["a"]', { 'settings.py': 'PORTS = {"a": 7950}\n' }],
    [
      'a default of the environment',
      'from settings import PORT',
      'PORT',
      { 'settings.py': 'import os\nPORT = int(os.getenv("P", "7950"))\n' },
    ],
  ])('%s', (_, imports, value, files) => {
    const process = processOf({ 'node.py': node(imports, `"bind_port": ${value}`), ...files }, 'node');
    expect(process.ports.swim).toBe(7950);
  });

  test('of the package a file lies in, by a relative import', () => {
    const files = { 'app/node.py': node('from .settings import PORT', '"bind_port": PORT'), 'app/settings.py': 'PORT = 7950\n' };
    expect(processOf(files, 'node').ports.swim).toBe(7950);
    const above = {
      'app/nodes/node.py': node('from ..settings import PORT', '"bind_port": PORT'),
      'app/settings.py': 'PORT = 7950\n',
    };
    expect(processOf(above, 'node').ports.swim).toBe(7950);
  });

  test.each<[string, string, string, Record<string, string>]>([
    ['a condition decides', 'from settings import PORT', 'PORT', { 'settings.py': 'PORT = 1\nif DEBUG:\n    PORT = 2\n' }],
    [
      'a settings class reads the environment',
      'from settings import cfg',
      'cfg.port',
      { 'settings.py': 'class Cfg(BaseSettings):\n    port: int = 1\n\ncfg = Cfg()\n' },
    ],
    [
      'a constructor computes it',
      'from settings import cfg',
      'cfg.port',
      { 'settings.py': 'class Cfg:\n    port = 1\n    def __init__(self):\n        self.port = find()\n\ncfg = Cfg()\n' },
    ],
    [
      'an argument is parsed',
      'from settings import args',
      'args.port',
      { 'settings.py': 'p = ArgumentParser()\np.add_argument("--port", default=1)\nargs = p.parse_args()\n' },
    ],
    ['nobody has the module', 'from other import PORT', 'PORT', {}],
    [
      'modules import each other',
      'from a import PORT',
      'PORT',
      { 'a.py': 'from b import PORT\n', 'b.py': 'from a import PORT\n' },
    ],
  ])('are unknown where %s', (_, imports, value, files) => {
    const process = processOf({ 'node.py': node(imports, `"bind_port": ${value}`), ...files }, 'node');
    expect(effective(process, 'JARVISCORE_BIND_PORT')).toMatch(/^<unknown>/);
  });

  test('stay secret', () => {
    const model = modelOf({
      'node.py': node('from keys import KEY', '"claude_api_key": KEY'),
      'keys.py': 'KEY = "sk-ant-hunter2"\n',
    });
    expect(JSON.stringify([...model.documents.values()])).not.toContain('hunter2');
    expect(
      effective(
        processOf({ 'node.py': node('from keys import KEY', '"claude_api_key": KEY'), 'keys.py': 'KEY = "sk-ant-x"\n' }, 'node'),
        'CLAUDE_API_KEY',
      ),
    ).toMatch(/^<set>/);
  });

  test('follow a change of the other module, and keep the document while nothing changes', () => {
    const context = createReaderContext(1);
    const read = (path: string, text: string) => readDocument({ uri: uriOf(path), text, kind: 'python' }, context);
    const main = read('node.py', node('from settings import PORT', '"bind_port": PORT'));
    const build = (settings: string) => {
      const other = read('settings.py', settings);
      return (documents = new Map([main, other].map((one) => [one.uri, one]))) => buildModel(documents, { roots: ['file:///w'] });
    };
    const first = build('PORT = 1\n');
    expect(first().processes[0]?.ports.swim).toBe(1);
    expect(first().documents.get(main.uri)).toBe(first().documents.get(main.uri));
    expect(build('PORT = 2\n')().processes[0]?.ports.swim).toBe(2);
  });
});

describe('constants of the file', () => {
  test.each<[string, string, number | null]>([
    ['class Ports:\n    SWIM = 7950', 'Ports.SWIM', 7950],
    ['@dataclass(frozen=True)\nclass C:\n    port: int = 7950\nC0 = C()', 'C0.port', 7950],
    ['class C:\n    port = 1\nC.port = 2', 'C.port', null],
    ['args = parser.parse_args()', 'args.port', null],
  ])('%s', (before, value, port) => {
    expect(processOf({ 'node.py': node(before, `"bind_port": ${value}`) }, 'node').ports.swim).toBe(port);
  });
});
