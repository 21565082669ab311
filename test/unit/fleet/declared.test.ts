import { expect, test } from 'vitest';
import { buildModel } from '#server/config/model/build.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { declarations } from '#server/fleet/declared.ts';

function declared(files: Readonly<Record<string, string>>) {
  const context = createReaderContext(1);
  const documents = Object.entries(files).map(([name, text]) => {
    const kind = kindOf(name);
    if (kind === null) throw new Error(name);
    return readDocument({ uri: `file:///p/${name}`, text, kind }, context);
  });
  return declarations([buildModel(new Map(documents.map((document) => [document.uri, document])), { roots: ['file:///p'] })]);
}

const mesh = (config: string) => `from jarviscore import Mesh\nmesh = Mesh(config=${config})\n`;

test('a Mesh is a declared node at the address its configuration gives', () => {
  expect(declared({ 'a.py': mesh('{"bind_port": 7950, "node_name": "a", "seed_nodes": "127.0.0.1:7946"}') })).toEqual([
    {
      rowId: 'declared:127.0.0.1:7950',
      node: {
        name: 'a',
        address: '127.0.0.1:7950',
        process: 'file:///p/a.py#mesh:0',
        place: { uri: 'file:///p/a.py', range: expect.anything() },
      },
      host: '127.0.0.1',
      port: 7950,
      zmqPort: 8950,
      seeds: ['127.0.0.1:7946'],
    },
  ]);
});

test('a port that cannot be known leaves the address open', () => {
  const [node] = declared({ 'a.py': mesh('{"bind_port": choose(), "node_name": "a"}') });
  expect(node).toMatchObject({ port: null, node: { name: 'a', address: null } });
  expect(node?.rowId).toMatch(/^declared:file:/);
});

test('two nodes that claim one address are two rows', () => {
  const rows = declared({ 'a.py': mesh('{"bind_port": 7950}'), 'b.py': mesh('{"bind_port": 7950}') });
  expect(new Set(rows.map((row) => row.rowId)).size).toBe(2);
});

test('a process without P2P is no node', () => {
  expect(declared({ 'a.py': mesh('{"p2p_enabled": False}') })).toEqual([]);
});

test('an env file on its own is a node only when it says something about the mesh', () => {
  expect(declared({ 'x/.env': 'LOG_LEVEL=INFO\nDATABASE_URL=x\n' })).toEqual([]);
  expect(declared({ 'x/.env': 'JARVISCORE_BIND_PORT=7950\n' }).map((row) => row.node.address)).toEqual(['127.0.0.1:7950']);
});
