// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { buildModel, type ModelOptions } from '#server/config/model/build.ts';
import { effectiveJson, effectiveReport, type ReportedSetting } from '#server/config/model/effectiveReport.ts';
import type { DeclaredProcess, WorkspaceModel } from '#server/config/model/types.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { readDocument } from '#server/config/readers/read.ts';

const context = createReaderContext(1);

function model(files: Record<string, string>, options: Partial<ModelOptions> = {}): WorkspaceModel {
  const documents = Object.entries(files).map(([path, text]) => {
    const kind = kindOf(path);
    if (kind === null) throw new Error(path);
    return readDocument({ uri: `file:///w/${path}`, text, kind }, context);
  });
  return buildModel(documents, { roots: ['file:///w'], context, ...options });
}

function only(built: WorkspaceModel): DeclaredProcess {
  expect(built.processes).toHaveLength(1);
  const [process] = built.processes;
  if (process === undefined) throw new Error('no process');
  return process;
}

function reported(files: Record<string, string>, options: Partial<ModelOptions> = {}): Readonly<Record<string, ReportedSetting>> {
  const built = model(files, options);
  only(built);
  return effectiveReport(built, { fileOf: (uri) => uri.slice('file:///w/'.length) }).processes[0]?.settings ?? {};
}

const node = 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7950, "node_name": "alpha"})\n';

describe('precedence', () => {
  test('Mesh dict, process environment, env file, default', () => {
    const env = 'JARVISCORE_BIND_PORT=1\nJARVISCORE_BIND_HOST=10.0.0.1\nZMQ_PORT_OFFSET=5\n';
    const settings = reported({ 'node.py': node, '.env': env }, { set: { JARVISCORE_BIND_PORT: '2', zmq_port_offset: '6' } });
    expect(settings.JARVISCORE_BIND_PORT).toMatchObject({
      value: 7950,
      origin: { kind: 'mesh-config', file: 'node.py', line: 2 },
      applied: true,
    });
    expect(settings.ZMQ_PORT_OFFSET).toMatchObject({ value: 6, origin: { kind: 'process-env', file: null, line: null } });
    expect(settings.JARVISCORE_BIND_HOST).toMatchObject({
      value: '10.0.0.1',
      origin: { kind: 'env-file', file: '.env', line: 2 },
    });
    expect(settings.KEEPALIVE_INTERVAL).toMatchObject({
      value: 90,
      origin: { kind: 'default', file: null, line: null },
      applied: true,
    });
  });

  test('the chain keeps every candidate, strongest first', () => {
    const process = only(model({ 'node.py': node, '.env': 'JARVISCORE_BIND_PORT=1' }, { set: { JARVISCORE_BIND_PORT: '2' } }));
    const chain = process.settings.get('JARVISCORE_BIND_PORT')?.chain ?? [];
    expect(chain.map(({ origin, typed }) => [origin.kind, typed])).toEqual([
      ['mesh-config', 7950],
      ['process-env', 2],
      ['env-file', 1],
      ['default', 7946],
    ]);
  });

  test('a Mesh dict value is neither converted nor validated', () => {
    const settings = reported({
      'node.py':
        'from jarviscore import Mesh\nMesh(config={"zmq_port_offset": "1000", "p2p_enabled": "maybe", "keepalive_interval": None})',
    });
    expect(settings.ZMQ_PORT_OFFSET).toMatchObject({ value: '1000' });
    expect(settings.P2P_ENABLED).toMatchObject({ value: 'maybe' });
    expect(settings.KEEPALIVE_INTERVAL).toMatchObject({ value: null, origin: { kind: 'mesh-config' } });
  });

  test('spellings: a dict keeps first places and last values, then letter case folds', () => {
    expect(reported({ '.env': 'ZMQ_PORT_OFFSET=1\nzmq_port_offset=2\nZMQ_PORT_OFFSET=3' }).ZMQ_PORT_OFFSET).toMatchObject({
      value: 2,
    });
    expect(reported({ '.env': 'ZMQ_PORT_OFFSET=1\nzmq_port_offset' }).ZMQ_PORT_OFFSET).toMatchObject({
      value: 1000,
      origin: { kind: 'default' },
    });
    // Direct readers know one spelling.
    expect(reported({ '.env': 'jarviscore_journal_dir=x' }).JARVISCORE_JOURNAL_DIR).toMatchObject({
      origin: { kind: 'default' },
    });
  });

  test('interpolation happens in the process environment, the file first', () => {
    const files = { '.env': 'BASE=80\nJARVISCORE_BIND_PORT=${BASE}00\nZMQ_PORT_OFFSET=${OUTER}\n' };
    const settings = reported(files, { set: { BASE: '90', OUTER: '7' } });
    expect(settings.JARVISCORE_BIND_PORT).toMatchObject({ value: 8000 });
    expect(settings.ZMQ_PORT_OFFSET).toMatchObject({ value: 7 });
    expect(reported(files).ZMQ_PORT_OFFSET).toMatchObject({ error: 'not an integer' });
  });

  test('os.environ in the file beats the process environment, setdefault does not', () => {
    const python = `import os\nos.environ["ZMQ_PORT_OFFSET"] = "1"\nos.environ.setdefault("KEEPALIVE_INTERVAL", "5")\nos.environ.setdefault("MAX_RETRIES", "9")\n${node}`;
    const settings = reported({ 'node.py': python }, { set: { ZMQ_PORT_OFFSET: '2', KEEPALIVE_INTERVAL: '6' } });
    expect(settings.ZMQ_PORT_OFFSET).toMatchObject({ value: 1, origin: { kind: 'process-env', file: 'node.py', line: 2 } });
    expect(settings.KEEPALIVE_INTERVAL).toMatchObject({ value: 6 });
    expect(settings.MAX_RETRIES).toMatchObject({ value: 9 });
  });
});

describe('what the release obeys', () => {
  const applied = (
    name: string,
    files: Record<string, string>,
    target: string,
    set: Record<string, string> = {},
  ): boolean | null | undefined => reported(files, { target, set })[name]?.applied;

  test('a name only the Mesh dict is read for', () => {
    expect(reported({ 'node.py': node, '.env': 'HITL_ENABLED=true' }).HITL_ENABLED).toMatchObject({
      value: true,
      origin: { kind: 'env-file' },
      applied: false,
    });
    const dict = { 'node.py': 'from jarviscore import Mesh\nMesh(config={"hitl_enabled": True})', '.env': 'HITL_ENABLED=false' };
    expect(reported(dict).HITL_ENABLED).toMatchObject({ value: true, origin: { kind: 'mesh-config' }, applied: true });
  });

  test('a direct reader sees .env from 2.2 on, in a Mesh, unless that is switched off', () => {
    const files = { 'node.py': node, '.env': 'ATHENA_URL=http://h' };
    expect(applied('ATHENA_URL', files, '1.14.1')).toBe(false);
    expect(applied('ATHENA_URL', files, '3.0.0')).toBe(true);
    expect(applied('ATHENA_URL', files, '3.0.0', { PYTHON_DOTENV_DISABLED: '1' })).toBe(false);
    expect(applied('ATHENA_URL', { 'node.py': node }, '1.14.1', { ATHENA_URL: 'http://h' })).toBe(true);
    expect(
      applied('ATHENA_URL', { 'join.py': '# jarviscore\nagent.join_mesh("h:1")', '.env': 'ATHENA_URL=http://h' }, '3.0.0'),
    ).toBe(false);
    expect(
      applied(
        'ATHENA_URL',
        { 'node.py': `from dotenv import load_dotenv\nload_dotenv()\n${node}`, '.env': 'ATHENA_URL=http://h' },
        '1.14.1',
      ),
    ).toBe(true);
  });

  test('a name read at import may come too late', () => {
    expect(applied('BROWSER_CODE_TIMEOUT_S', { 'node.py': node, '.env': 'BROWSER_CODE_TIMEOUT_S=5' }, '3.0.0')).toBe(null);
  });

  test('a name nobody reads, and one the Mesh dict is not read for', () => {
    expect(applied('LOG_LEVEL', { 'node.py': node, '.env': 'LOG_LEVEL=DEBUG' }, '3.0.0')).toBe(false);
    expect(reported({ '.env': 'BIND_PORT=1' }).BIND_PORT).toMatchObject({ value: 1, applied: false });
    const journal = { 'node.py': 'from jarviscore import Mesh\nMesh(config={"journal_dir": "a"})' };
    expect(reported(journal).JOURNAL_DIR).toMatchObject({ value: 'a', origin: { kind: 'mesh-config' }, applied: false });
    expect(reported({ ...journal, '.env': 'JOURNAL_DIR=b' }).JOURNAL_DIR).toMatchObject({
      value: 'b',
      origin: { kind: 'env-file' },
      applied: true,
    });
  });
});

describe('the report', () => {
  test('secrets are shown as set, empty or null; no error carries one', () => {
    const env =
      'OPENAI_API_KEY=canary\nCLAUDE_API_KEY=\nREDIS_URL=redis://:canary@h\nAPPROVAL_ASSERTION_KEYS={"a": canary}\nJARVISCORE_BIND_PORT=canary';
    const settings = reported({ '.env': env });
    expect(settings.OPENAI_API_KEY).toMatchObject({ value: '<set>' });
    expect(settings.CLAUDE_API_KEY).toMatchObject({ value: '<empty>' });
    expect(settings.GEMINI_API_KEY).toMatchObject({ value: null });
    expect(settings.REDIS_URL).toMatchObject({ value: '<set>' });
    expect(settings.APPROVAL_ASSERTION_KEYS).toMatchObject({ error: 'not valid JSON' });
    expect(settings.JARVISCORE_BIND_PORT).toEqual(expect.objectContaining({ error: 'not an integer' }));
    expect('value' in (settings.JARVISCORE_BIND_PORT ?? {})).toBe(false);
    expect(JSON.stringify(settings)).not.toContain('canary');
    expect(reported({ '.env': 'APPROVAL_ASSERTION_KEYS={}' }).APPROVAL_ASSERTION_KEYS).toMatchObject({ value: '<empty>' });
  });

  test('secret JSON settings merge key by key as well, without their texts', () => {
    const keys = (file: string, set: string): ReportedSetting | undefined =>
      reported({ '.env': `APPROVAL_ASSERTION_KEYS='${file}'` }, { set: { APPROVAL_ASSERTION_KEYS: set } })
        .APPROVAL_ASSERTION_KEYS;
    // pydantic-settings merges first and validates then: the number of the file is gone.
    expect(keys('{"a":1}', '{"a":"canary"}')).toMatchObject({ value: '<set>' });
    expect(keys('{"a":"x"}', '{"b":1}')).toHaveProperty('error');
    expect(keys('{"a":1}', '{"b":"x"}')).toHaveProperty('error');
    expect(keys('{"a":"x"}', '{}')).toMatchObject({ value: '<set>' });
    expect(keys('{}', '{}')).toMatchObject({ value: '<empty>' });
    expect(keys('[1]', '{}')).toMatchObject({ value: '<empty>' });
    expect(keys('{}', '[1]')).toHaveProperty('error');
    expect(keys('{"a":"x"}', 'null')).toMatchObject({ value: '<set>', origin: { kind: 'env-file' } });
    expect(keys('{', '{"a":"x"}')).toHaveProperty('error');
  });

  test('JSON settings merge key by key, and one broken source is an error', () => {
    const merged = reported(
      { '.env': 'LLM_LIMITS={"a":{"rpm":1},"b":{"rpm":2}}' },
      { set: { LLM_LIMITS: '{"a":{"tpm":3}}' } },
    ).LLM_LIMITS;
    expect(merged).toMatchObject({ value: { a: { rpm: 1, tpm: 3 }, b: { rpm: 2 } }, origin: { kind: 'process-env' } });
    expect(reported({ '.env': 'LLM_LIMITS=' }, { set: { LLM_LIMITS: '{}' } }).LLM_LIMITS).toHaveProperty('error');
    expect(reported({ '.env': 'LLM_LIMITS=null' }).LLM_LIMITS).toMatchObject({ value: {}, origin: { kind: 'default' } });
  });

  test('non-finite floats are strings and integers of any size stay exact', () => {
    const settings = reported({
      '.env': 'LLM_TIMEOUT=inf\nLLM_CONNECT_TIMEOUT=nan\nKEEPALIVE_INTERVAL=123456789012345678901234567890',
    });
    expect(settings.LLM_TIMEOUT).toMatchObject({ value: 'inf' });
    expect(settings.LLM_CONNECT_TIMEOUT).toMatchObject({ value: 'nan' });
    expect(effectiveJson(settings.KEEPALIVE_INTERVAL)).toContain('"value":123456789012345678901234567890');
  });

  test('a folder with an env file and no process shows one, named after the folder', () => {
    expect(model({ 'apps/one/.env': 'P2P_ENABLED=off' }).processes.map(({ name, id }) => [name, id])).toEqual([
      ['one', 'file:///w/apps/one/.env#default'],
    ]);
    expect(model({ 'apps/one/.env.example': 'P2P_ENABLED=off' }).processes).toEqual([]);
  });

  test('every field of the release is listed, and a value that cannot be known says so', () => {
    const settings = reported({ 'node.py': 'from jarviscore import Mesh\nMesh(config={"bind_port": free()})' });
    expect(Object.keys(settings).length).toBeGreaterThan(157);
    expect(settings.JARVISCORE_BIND_PORT).toMatchObject({ value: null, note: 'set, value unknown: result of a call' });
    expect(Object.keys(reported({ '.env': '' }, { target: '1.0.2' }))).not.toContain('LLM_LIMITS');
  });
});

describe('processes', () => {
  test('the nearest .env upwards, inside the root', () => {
    const built = model({ '.env': '', 'a/.env': '', 'a/b/node.py': node, 'c/node.py': node, 'a/b/prod.env': '' });
    expect(built.processes.map(({ environments }) => environments)).toEqual([['file:///w/a/.env'], ['file:///w/.env']]);
  });

  test('a file that is loaded counts, and override puts it first', () => {
    const files = (override: string): Record<string, string> => ({
      'node.py': `from dotenv import load_dotenv\nload_dotenv("deploy/one.env"${override})\n${node}`,
      'deploy/one.env': 'ZMQ_PORT_OFFSET=1',
      '.env': 'ZMQ_PORT_OFFSET=2',
    });
    expect(reported(files('')).ZMQ_PORT_OFFSET).toMatchObject({ value: 1, origin: { file: 'deploy/one.env' } });
    expect(reported(files(''), { set: { ZMQ_PORT_OFFSET: '3' } }).ZMQ_PORT_OFFSET).toMatchObject({ value: 3 });
    expect(reported(files(', override=True'), { set: { ZMQ_PORT_OFFSET: '3' } }).ZMQ_PORT_OFFSET).toMatchObject({ value: 1 });
  });

  test('ports', () => {
    const ports = (code: string, env = '', target = '3.0.0'): unknown =>
      only(model({ 'n.py': `from jarviscore import Mesh\n${code}`, '.env': env }, { target })).ports;
    expect(ports('Mesh(config={"bind_port": 7950, "seed_nodes": "a:1, b:2"})')).toEqual({
      host: '127.0.0.1',
      swim: 7950,
      zmq: 8950,
      offset: 1000,
      seeds: ['a:1', 'b:2'],
      p2pEnabled: true,
    });
    expect(ports('Mesh(config={"bind_port": "7950", "p2p_enabled": False})')).toMatchObject({
      swim: 7950,
      zmq: 8950,
      p2pEnabled: false,
    });
    expect(ports('Mesh()', 'P2P_ENABLED=off\nZMQ_PORT_OFFSET=7')).toMatchObject({ swim: 7946, zmq: 7953, p2pEnabled: false });
    expect(ports('Mesh(config={"bind_port": free()})')).toMatchObject({ swim: null, zmq: null });
    expect(ports('Mesh(config={**load()})')).toMatchObject({ p2pEnabled: null });
    expect(ports('Mesh(mode="p2p")', '', '1.0.2')).toMatchObject({ p2pEnabled: true });
    expect(ports('Mesh(mode="autonomous")', 'P2P_ENABLED=on', '1.0.2')).toMatchObject({ p2pEnabled: false });
    expect(ports('a.join_mesh(seed_nodes="s:1", config={"bind_port": 0})')).toMatchObject({
      swim: null,
      seeds: ['s:1'],
      p2pEnabled: true,
    });
    expect(ports('a.join_mesh("s:2")')).toMatchObject({ seeds: ['s:2'] });
  });
});
