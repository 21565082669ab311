import { describe, expect, test } from 'vitest';
import type { SourceDocument } from '#server/config/model/types.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';

const context = createReaderContext(1);
const read = (text: string, name = 'node.py'): SourceDocument =>
  readDocument({ uri: `file:///w/${name}`, text, kind: 'python' }, context);

/** Mesh keys with their literals; unknown values as the reason. */
function keys(document: SourceDocument): Record<string, unknown> {
  return Object.fromEntries(
    document.assignments
      .filter((assignment) => assignment.layer === 'mesh')
      .map(({ name, value }) => [
        name,
        value.kind === 'literal' ? value.literal : value.kind === 'unknown' ? new Error(value.why) : value.kind,
      ]),
  );
}

const header = 'import os\nfrom jarviscore import Mesh\n';

describe('dict values', () => {
  test.each<[string, Record<string, unknown>]>([
    ['Mesh(config={"bind_port": 7946, "p2p_enabled": True, "x": None})', { bind_port: 7946, p2p_enabled: true, x: null }],
    ["Mesh({'bind_port': 0x1F0A, 'a': 1_000, 'b': -1, 'c': 2.5e3})", { bind_port: 7946, a: 1000, b: -1, c: 2500 }],
    ['BIND_PORT = 7946\nmesh = Mesh(config={"bind_port": BIND_PORT})', { bind_port: 7946 }],
    [
      'PORT: int = 7946\nOFFSET = PORT + 1000\nMesh(config={"bind_port": PORT, "z": OFFSET * 2 - 1})',
      { bind_port: 7946, z: 17891 },
    ],
    [
      'HOST = "127.0.0" ".1"\nMesh(config={"seed_nodes": f"{HOST}:{7946 + 1},{HOST}:7950"})',
      { seed_nodes: '127.0.0.1:7947,127.0.0.1:7950' },
    ],
    ['Mesh(config={"bind_port": int(os.getenv("P", "7950"))})', { bind_port: 7950 }],
    ['Mesh(config={"bind_host": os.environ.get("H") or "0.0.0.0"})', { bind_host: '0.0.0.0' }],
    ['Mesh(config={"bind_host": os.environ["H"]})', { bind_host: new Error('environment variable H') }],
    ['Mesh(config={"bind_host": os.getenv("H")})', { bind_host: new Error('environment variable H') }],
    ['Mesh(config={"bind_port": 1 if x else 2})', { bind_port: new Error('depends on a condition') }],
    ['Mesh(config={"bind_port": free_port()})', { bind_port: new Error('result of a call') }],
    [
      'config = {"bind_port": 1}\nconfig["node_name"] = "a"\nconfig.update(zmq_port_offset=5)\nMesh(config=config)',
      { bind_port: 1, node_name: 'a', zmq_port_offset: 5 },
    ],
    ['base = {"bind_port": 1, "node_name": "a"}\nMesh(config={**base, "bind_port": 2})', { bind_port: 2, node_name: 'a' }],
    ['Mesh(config=dict(bind_port=1, node_name="a"))', { bind_port: 1, node_name: 'a' }],
    ['base = dict(bind_port=1)\nMesh(config=dict(base, node_name="a"))', { bind_port: 1, node_name: 'a' }],
    ['base = {"a": 1}\nMesh(config=base | {"b": 2})', { a: 1, b: 2 }],
    ['base = {"a": 1}\nMesh(config=base.copy())', { a: 1 }],
    ['Mesh(config={"seed_nodes": ["a:1", "b:2"], "n": {"k": (1, 2)}})', { seed_nodes: ['a:1', 'b:2'], n: { k: [1, 2] } }],
    ['PORTS = {"a": 7946}\nMesh(config={"bind_port": PORTS["a"]})', { bind_port: 7946 }],
    ['async def main():\n    PORT = 1\n    Mesh(config={"bind_port": PORT})\nPORT = 2', { bind_port: 1 }],
    ['def f(PORT):\n    Mesh(config={"bind_port": PORT})', { bind_port: new Error('"PORT" is not a constant of this file') }],
    ['for i in range(3):\n    Mesh(config={"bind_port": i})', { bind_port: new Error('"i" is not a constant of this file') }],
    [
      'PORT = 1\nif x:\n    PORT = 2\nMesh(config={"bind_port": PORT})',
      { bind_port: new Error('"PORT" is not a constant of this file') },
    ],
    ['PORT = 1\nPORT += 1\nMesh(config={"bind_port": PORT})', { bind_port: new Error('"PORT" is not a constant of this file') }],
    ['Mesh(config={r"a\\n": r"\\n", "b": "\\x41\\u00e9\\n", "c": """x\ny"""})', { 'a\\n': '\\n', b: 'Aé\n', c: 'x\ny' }],
  ])('%s', (code, expected) => {
    expect(keys(read(header + code))).toEqual(expected);
  });
});

describe('constructs', () => {
  test.each<[string, string[]]>([
    ['from jarviscore import Mesh\nMesh()', ['mesh:0']],
    ['from jarviscore import Mesh as M\nM()\nM()', ['mesh:0', 'mesh:1']],
    ['import jarviscore\njarviscore.Mesh()', ['mesh:0']],
    ['import jarviscore as jc\njc.Mesh()', ['mesh:0']],
    ['from jarviscore.core.mesh import Mesh\nMesh()', ['mesh:0']],
    ['from jarviscore.integrations.fastapi import JarvisLifespan\nJarvisLifespan(a, bind_port=1)', ['lifespan:0']],
    ['# jarviscore\nawait agent.join_mesh(seed_nodes="h:1")', ['join-mesh:0']],
    ['# jarviscore\nfrom trimesh import Mesh\nMesh()', []],
    ['# jarviscore\nclass Mesh: pass\nMesh()', []],
    ['# jarviscore\nMesh(config={', ['mesh:0']],
    ['from other import Mesh\nMesh()', []],
    ['"""from jarviscore import Mesh; Mesh()"""', []],
  ])('%j', (text, ids) => {
    expect(read(text).processes.map(({ id }) => id)).toEqual(ids);
  });

  test('keywords of JarvisLifespan are keys; of join_mesh, facts', () => {
    const lifespan = read('from jarviscore import JarvisLifespan\nJarvisLifespan(agent, mode="p2p", bind_port=7980)');
    expect(keys(lifespan)).toEqual({ mode: 'p2p', bind_port: 7980 });
    const join = read('# jarviscore\nagent.join_mesh("h:1", config={"bind_port": 0})');
    expect(keys(join)).toEqual({ bind_port: 0 });
    expect(join.processes[0]?.facts['#0']?.value).toEqual({ kind: 'literal', literal: 'h:1' });
  });

  test('a positional text is a fact, not a dict', () => {
    const { processes } = read('from jarviscore import Mesh\nMesh("p2p")');
    expect(processes[0]?.facts['#0']?.value).toEqual({ kind: 'literal', literal: 'p2p' });
    expect(processes[0]?.open).toBe(false);
  });

  test('what cannot be known makes a process open', () => {
    const open = (code: string): boolean | undefined => read(header + code).processes[0]?.open;
    expect(open('Mesh(config={"a": 1})')).toBe(false);
    expect(open('Mesh(config={**load(), "a": 1})')).toBe(true);
    expect(open('Mesh(config=load())')).toBe(true);
    expect(open('Mesh(**kwargs)')).toBe(true);
    expect(open('Mesh(config={key(): 1})')).toBe(true);
  });

  test('a process is named by node_name, else by its file', () => {
    expect(read(`${header}NAME = "alpha"\nMesh(config={"node_name": NAME})\nMesh()`).processes.map(({ name }) => name)).toEqual([
      'alpha',
      'node#2',
    ]);
    expect(read(`${header}Mesh()`, 'worker.py').processes.map(({ name }) => name)).toEqual(['worker']);
  });
});

describe('where a new key goes', () => {
  const insert = (code: string): string => {
    const text = header + code;
    const insertion = read(text).processes[0]?.insertion;
    if (!insertion) throw new Error('nowhere');
    const lines = text.split('\n');
    const { line, character } = insertion.at.start;
    const before = [...lines.slice(0, line), (lines[line] ?? '').slice(0, character)].join('\n');
    const after = [(lines[line] ?? '').slice(character), ...lines.slice(line + 1)].join('\n');
    return `${before + insertion.prefix}"k": 1${insertion.suffix}${after}`.slice(header.length);
  };
  test.each([
    ['Mesh()', 'Mesh(config={"k": 1})'],
    ['Mesh(mode="p2p")', 'Mesh(mode="p2p", config={"k": 1})'],
    ['Mesh(config={})', 'Mesh(config={"k": 1})'],
    ['Mesh(config={"a": 2})', 'Mesh(config={"a": 2, "k": 1})'],
    ['Mesh(config={\n    "a": 2\n})', 'Mesh(config={\n    "a": 2,\n    "k": 1\n})'],
    ['Mesh(config={\n    "a": 2,\n})', 'Mesh(config={\n    "a": 2,\n    "k": 1,\n})'],
    ['Mesh(config={\n    "a": 2,  # why\n})', 'Mesh(config={\n    "k": 1,\n    "a": 2,  # why\n})'],
  ])('%j', (code, result) => {
    expect(insert(code)).toBe(result);
  });
});

describe('environment and marks', () => {
  test('writes to os.environ are assignments of the environment', () => {
    const document = read(
      `${header}os.environ["ZMQ_PORT_OFFSET"] = "1000"\nos.environ.setdefault("P2P_ENABLED", "true")\nos.environ.update({"LOG_LEVEL": "INFO"}, HITL_ENABLED="1")\nMesh()`,
    );
    expect(
      document.assignments.map(({ name, layer, value }) => [name, layer, value.kind === 'text' ? value.text : value.kind]),
    ).toEqual([
      ['ZMQ_PORT_OFFSET', 'environment', '1000'],
      ['P2P_ENABLED', 'environment', 'true'],
      ['LOG_LEVEL', 'environment', 'INFO'],
      ['HITL_ENABLED', 'environment', '1'],
    ]);
    expect(document.marks.filter(({ name }) => name === 'environ-setdefault').map(({ value }) => value)).toEqual(['P2P_ENABLED']);
  });

  test('marks', () => {
    const document = read(
      [
        'from dotenv import load_dotenv as ld',
        'from jarviscore import Mesh',
        'import os',
        'ld(os.path.join(here, "node.env"), override=True)',
        'class A:',
        '    requires_auth = True',
        'mesh = Mesh()',
        'await mesh.serve_forever()',
        'self.peers.notify("a", {})',
        'port = os.getenv("BIND_PORT", "7946")',
        'host = os.environ["BIND_HOST"]',
      ].join('\n'),
    );
    const marks = document.marks.map(({ name, value, range }) => [name, value, range.start.line]);
    expect(marks).toEqual(
      expect.arrayContaining([
        ['load_dotenv', 'node.env', 3],
        ['load_dotenv-override', null, 3],
        ['requires_auth', 'True', 5],
        ['serve_forever', null, 7],
        ['notify', null, 8],
        ['env-read', 'BIND_PORT', 9],
        ['env-read', 'BIND_HOST', 10],
        ['import', 'jarviscore', 1],
      ]),
    );
  });

  test('files that have nothing to do with the framework are not parsed', () => {
    expect(read('import os\nos.environ["A"] = "b"')).toMatchObject({ assignments: [], processes: [], marks: [] });
  });

  test('suppressions stand alone on the line above', () => {
    expect(
      read(`${header}# jarviscore: ignore mesh-config-type, zmq-port -- known\nMesh()\nx = 1  # jarviscore: ignore a-b`)
        .suppressions,
    ).toMatchObject([{ rules: [{ name: 'mesh-config-type' }, { name: 'zmq-port' }], line: 3 }]);
  });
});

test('no secret leaves: dict keys, nested dicts, URLs, os.environ', () => {
  const document = read(
    `${header}KEY = "canary-1"
os.environ["OPENAI_API_KEY"] = KEY
os.environ["UNKNOWN_THING"] = "canary-2"
Mesh(config={"claude_api_key": KEY, "redis_url": "redis://u:canary-3@h:6379/0", "athena_url": "http://canary-4@h", "my_token": "canary-5", "x": {"password": "canary-6", "url": "http://a:canary-7@h"}})`,
  );
  expect(document.assignments).toHaveLength(7);
  expect(JSON.stringify(document)).not.toContain('canary');
  const redis = document.assignments.find(({ name }) => name === 'redis_url')?.value;
  expect(redis).toMatchObject({ kind: 'literal', literal: 'redis://u:***@h:6379/0', masked: { length: 8 } });
});
