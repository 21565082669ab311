import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KnownNode } from '#schemas/registry/knownNode.ts';
import { openSqliteStore } from '#server/registry/knownNodes/sqliteStore.ts';
import { day, node } from './samples.ts';

let folder: string;
let path: string;
const lines: string[] = [];
const opened: { close(): void }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'known-nodes-'));
  path = join(folder, 'nodes.db');
  lines.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  for (const store of opened.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(now = 10_000, ageLimitMs = 30 * day) {
  const store = openSqliteStore({ path, ageLimitMs, now: () => now, log: (level, text) => lines.push(`${level}: ${text}`) });
  opened.push(store);
  return store;
}

const ids = (nodes: readonly KnownNode[]) => nodes.map(({ id }) => id);

test('rows survive, newest first, and one id is another node in another fleet', () => {
  const first = open();
  first.remember([node('a', { lastSeen: 5 }), node('b', { lastSeen: 9, name: 'B', announced: { agents: ['x'] } })]);
  first.remember([node('a', { fleet: 'other', lastSeen: 7 }), node('a', { kind: 'jarviscore', lastSeen: 6 })]);
  first.close();
  const { restored } = open();
  expect(restored.map(({ kind, fleet, id }) => `${kind} ${fleet} ${id}`)).toEqual([
    'relay default b',
    'relay other a',
    'jarviscore default a',
    'relay default a',
  ]);
  expect(restored[0]).toEqual(node('b', { lastSeen: 9, name: 'B', announced: { agents: ['x'] } }));
});

test('a row of another window with a later sign of life stays, the earliest first sight is kept', () => {
  const one = open();
  const two = open();
  two.remember([node('a', { firstSeen: 500, lastSeen: 9_000, name: 'later' })]);
  two.flush();
  one.remember([node('a', { firstSeen: 100, lastSeen: 8_000, name: 'earlier' })]);
  one.flush();
  expect(open().restored).toEqual([node('a', { firstSeen: 500, lastSeen: 9_000, name: 'later' })]);
  one.remember([node('a', { firstSeen: 600, lastSeen: 9_500, name: 'latest' })]);
  one.flush();
  expect(open().restored).toEqual([node('a', { firstSeen: 500, lastSeen: 9_500, name: 'latest' })]);
});

test('another window sees what changed, once, and is not woken by its own writes', () => {
  const one = open();
  const two = open();
  expect(one.reread()).toBeNull();
  two.remember([node('a')]);
  two.flush();
  expect(two.reread()).toBeNull();
  expect(ids(one.reread() ?? [])).toEqual(['a']);
  expect(one.reread()).toBeNull();
  two.forget(node('a'));
  expect(one.reread()).toEqual([]);
});

test('a forgotten node is gone from the file at once', () => {
  const store = open();
  store.remember([node('a'), node('b')]);
  store.forget(node('a'));
  expect(ids(open().restored)).toEqual(['b']);
});

test('nodes silent for longer than the age limit go, at the start and later', () => {
  const store = open(0, 30 * day);
  store.remember([node('old', { lastSeen: 1 }), node('new', { lastSeen: 20 * day })]);
  store.flush();
  const later = open(31 * day);
  expect(ids(later.restored)).toEqual(['new']);
  expect(later.prune(40 * day)).toEqual([]);
  expect(later.prune(51 * day)).toEqual([{ kind: 'relay', fleet: 'default', id: 'new' }]);
  expect(open(31 * day).restored).toEqual([]);
});

test('writes are gathered and written a quarter of a second later', () => {
  vi.useFakeTimers();
  const store = open();
  store.remember([node('a')]);
  vi.advanceTimersByTime(249);
  expect(open().restored).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ids(open().restored)).toEqual(['a']);
});

test('a database of version 0 opens, keeps its rows and its own table', () => {
  const old = new DatabaseSync(path);
  old.exec(`CREATE TABLE IF NOT EXISTS known_nodes (node_id TEXT PRIMARY KEY, agent_url TEXT NOT NULL, last_seen REAL NOT NULL)`);
  const put = old.prepare('INSERT INTO known_nodes VALUES (?, ?, ?)');
  put.run('heimdall', 'http://10.0.0.5:7701', 1_700_000_000.25);
  put.run('strange', 'notaurl', 'yesterday');
  put.run('future', 'http://10.0.0.6:7701', 9e15);
  put.run('', 'http://10.0.0.7:7701', 1_700_000_001);
  old.close();
  const store = open(1_700_000_002_000, 60_000 * day);
  expect(store.restored.map(({ id, address, lastSeen }) => [id, address, lastSeen])).toEqual([
    ['future', 'http://10.0.0.6:7701', 1_700_000_002_000],
    ['heimdall', 'http://10.0.0.5:7701', 1_700_000_000_250],
    ['strange', 'notaurl', 0],
  ]);
  expect(store.restored[1]).toMatchObject({ kind: 'circuitforge', fleet: 'default', lastState: 'offline' });
  store.close();
  const again = new DatabaseSync(path);
  expect(again.prepare('SELECT count(*) AS n FROM known_nodes').get()?.n).toBe(4);
  again.close();
  expect(open(1_700_000_002_000, 60_000 * day).restored).toHaveLength(3);
  expect(lines.filter((line) => line.includes('were taken over'))).toHaveLength(1);
});

test('a damaged file is set aside with a message, byte for byte, and an empty one is used', () => {
  writeFileSync(path, Buffer.alloc(4_096, 'no database'));
  const before = readFileSync(path);
  const store = open();
  expect(store.health().ok).toBe(true);
  store.remember([node('a')]);
  store.close();
  expect(ids(open().restored)).toEqual(['a']);
  const aside = readdirSync(folder).filter((name) => name.includes('.corrupt-'));
  expect(aside).toHaveLength(1);
  expect(readFileSync(join(folder, aside[0] ?? ''))).toEqual(before);
  expect(lines.join()).toContain('was set aside as');
});

test('damage that is met while writing costs no row that is still in hand', () => {
  const store = open();
  store.remember(Array.from({ length: 2_000 }, (_, i) => node(`n${i}`)));
  store.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, 4_096);
  writeFileSync(path, bytes);
  const damaged = open();
  damaged.remember([node('kept')]);
  damaged.flush();
  damaged.flush();
  expect(ids(open().restored)).toContain('kept');
  expect(readdirSync(folder).some((name) => name.includes('.corrupt-'))).toBe(true);
});

test('a file of a later release is neither read nor changed', () => {
  const later = new DatabaseSync(path);
  later.exec('PRAGMA user_version = 7; CREATE TABLE node (x)');
  later.close();
  const before = readFileSync(path);
  const store = open();
  store.remember([node('a')]);
  store.close();
  expect(store.health()).toMatchObject({ ok: false });
  expect(store.health().message).toContain('version 7');
  expect(readFileSync(path)).toEqual(before);
});

test('a path that cannot be a file is a state with a remedy, and rows wait', () => {
  path = folder;
  const store = open();
  expect(store.restored).toEqual([]);
  expect(store.health()).toMatchObject({ ok: false });
  expect(store.health().message).toContain(folder);
  store.remember([node('a')]);
  expect(() => store.flush()).not.toThrow();
});

test('rows wait while the file is locked and are written once it is free', () => {
  const store = open();
  const other = new DatabaseSync(path);
  other.exec('PRAGMA busy_timeout = 0; BEGIN IMMEDIATE');
  store.remember([node('a')]);
  store.flush();
  expect(store.health()).toMatchObject({ ok: false });
  other.exec('ROLLBACK');
  other.close();
  store.flush();
  expect(store.health()).toMatchObject({ ok: true });
  expect(ids(open().restored)).toEqual(['a']);
});

test('foreign rows are reported and left alone', () => {
  open().close();
  const other = new DatabaseSync(path);
  other.exec(`INSERT INTO node VALUES ('robot', 'default', 'x', NULL, NULL, 9000, 9000, 'alive', NULL, 'null')`);
  other.exec(`INSERT INTO node VALUES ('relay', 'default', 'y', NULL, NULL, 9000, 9000, 'alive', NULL, '{broken')`);
  other.close();
  expect(open().restored).toEqual([]);
  expect(lines.join()).toContain('2 row(s)');
  const after = new DatabaseSync(path);
  expect(after.prepare('SELECT count(*) AS n FROM node').get()?.n).toBe(2);
  after.close();
});

test('any text survives the round trip', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 8 }), text, fc.jsonValue(), (names, reason, announced) => {
      rmSync(path, { force: true });
      rmSync(`${path}-wal`, { force: true });
      rmSync(`${path}-shm`, { force: true });
      const nodes = names.map((id, index) =>
        node(id, { reason, announced: JSON.parse(JSON.stringify(announced)), lastSeen: index }),
      );
      const store = openSqliteStore({ path, ageLimitMs: day, now: () => 10, log: () => {} });
      store.remember(nodes);
      store.close();
      const again = openSqliteStore({ path, ageLimitMs: day, now: () => 10, log: () => {} });
      expect([...again.restored].reverse()).toEqual(nodes);
      again.close();
    }),
    { numRuns: 25 },
  );
});

test('the file is for its owner only: it names machines of a private network', () => {
  open().close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
