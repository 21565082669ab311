import { symlinkSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { ruleDocs } from '#schemas/settings/ruleDocs.ts';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { fileRules } from '#server/config/rules/fileRules.ts';
import { maxFileBytes } from '#server/workspace/files.ts';
import { Workspace } from '#server/workspace/workspace.ts';
import { createProject, type Project } from '../../lsp/project.ts';

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.dispose();
});

function checked(files: Readonly<Record<string, string | Uint8Array>>, prepare: (project: Project) => void = () => {}): string[] {
  const project = createProject(files);
  projects.push(project);
  prepare(project);
  const workspace = new Workspace({ epoch: 'test', log: () => {} });
  workspace.setFolders([project.uri]);
  for (const step = workspace.scan(); step.next().done !== true; );
  return [...workspace.allFindings()].flatMap(([uri, { findings }]) =>
    findings.map(({ rule, severity }) => `${uri.slice(project.uri.length + 1)} ${rule} ${severity}`),
  );
}

const bytes = new Uint8Array([0x41, 0x3d, 0xff, 0xfe]);

test('every rule about files is in the inventory and has a page', () => {
  for (const id of fileRules) {
    expect(ruleInventory.has(id), id).toBe(true);
    expect(ruleDocs.has(id), id).toBe(true);
  }
});

test('file-unreadable fires on a link that leads nowhere, and not on one that leads to a file', () => {
  expect(checked({}, ({ path }) => symlinkSync('missing', path('.env')))).toEqual(['.env file-unreadable error']);
  expect(checked({ 'real.txt': 'A=1\n' }, ({ path }) => symlinkSync('real.txt', path('.env')))).toEqual([]);
});

test('file-not-utf8 fires on bytes that are none, and not on text', () => {
  expect(checked({ '.env': bytes })).toEqual(['.env file-not-utf8 error']);
  expect(checked({ '.env': 'A=ä\n' })).toEqual([]);
});

test('file-too-large fires above the limit, and not at it', () => {
  expect(checked({ 'big.env': new Uint8Array(maxFileBytes + 1).fill(35) })).toEqual(['big.env file-too-large warning']);
  expect(checked({ 'big.env': new Uint8Array(maxFileBytes).fill(35) })).toEqual([]);
});

test('a project file decides about them like about every other rule', () => {
  const files = { '.env': bytes, 'old/.env': bytes };
  expect(
    checked({ ...files, 'jarviscore-fleet.json': '{"ignores": ["old/"], "severities": {"file-not-utf8": "hint"}}' }),
  ).toEqual(['.env file-not-utf8 hint']);
  const baseline = { schema: 1, findings: [{ rule: 'file-not-utf8', file: 'old/.env', setting: null, count: 1 }] };
  expect(
    checked({ ...files, 'jarviscore-fleet.json': '{"baseline": "accepted.json"}', 'accepted.json': JSON.stringify(baseline) }),
  ).toEqual(['.env file-not-utf8 error']);
  expect(checked({ ...files, 'jarviscore-fleet.json': '{"severities": {"file-not-utf8": "off"}}' })).toEqual([]);
});

test('a project file that cannot be read is one of them, and counts as absent', () => {
  expect(checked({ 'jarviscore-fleet.json': bytes, '.env.w': 'BIND_PORT=1\n' })).toEqual([
    '.env.w unprefixed-p2p-var error',
    'jarviscore-fleet.json file-not-utf8 error',
  ]);
});
