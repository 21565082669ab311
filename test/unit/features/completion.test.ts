import { describe, expect, it } from 'vitest';
import { complete } from '#server/config/features/completion.ts';
import { modelOf, uriOf } from '../rules/workspace.ts';

function labels(text: string, before: string, options: { target?: string; line?: number } = {}): string[] {
  const model = modelOf({ '.env': text }, options);
  return complete(model, uriOf('.env'), { line: options.line ?? 0, character: before.length }, before)
    .toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1))
    .map((item) => item.label);
}

describe('completion in env files', () => {
  it('offers names of the release', () => {
    expect(labels('', 'KEEP')).toContain('KEEPALIVE_INTERVAL');
    expect(labels('', '', { target: '2.1.0' })).not.toContain('LLM_LIMITS');
    expect(labels('', '', { target: '2.2.0' })).toContain('LLM_LIMITS');
    expect(labels('', 'export JARVIS')).toContain('JARVISCORE_BIND_PORT');
    expect(labels('', '')).not.toContain('BIND_PORT');
  });

  it('puts names without effect behind, and names that are set last', () => {
    const found = labels('KEEPALIVE_INTERVAL=60\n\n', '', { line: 1 });
    expect(found.at(-1)).toBe('KEEPALIVE_INTERVAL');
    expect(found.indexOf('LOG_LEVEL')).toBeGreaterThan(found.indexOf('JARVISCORE_BIND_PORT'));
  });

  it('replaces the word before the cursor', () => {
    const [item] = complete(modelOf({ '.env': 'KEEP' }), uriOf('.env'), { line: 0, character: 4 }, 'KEEP').filter(
      (one) => one.label === 'KEEPALIVE_INTERVAL',
    );
    expect(item?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 4 } });
    expect(item?.insertText).toBe('KEEPALIVE_INTERVAL=');
    expect(item?.documentation).toContain('Default in 3.0.0: `90`');
  });

  it('marks deprecated names', () => {
    const items = complete(modelOf({ '.env': '' }), uriOf('.env'), { line: 0, character: 0 }, '');
    expect(items.filter((item) => item.deprecated).map((item) => item.label)).toEqual([
      'CLAUDE_CODING_MODEL',
      'CLAUDE_TASK_MODEL',
    ]);
  });

  it('offers words and defaults as values, none for secrets and unknown names', () => {
    expect(labels('', 'STORAGE_BACKEND=')).toEqual(['local', 'azure', 'redis']);
    expect(labels('', 'KEEPALIVE_ENABLED=')).toEqual(['true', 'false']);
    expect(labels('', 'KEEPALIVE_INTERVAL = "')).toEqual(['90']);
    expect(labels('', 'CLAUDE_API_KEY=')).toEqual([]);
    expect(labels('', 'MY_APP=')).toEqual([]);
  });

  it('is quiet in comments', () => {
    expect(labels('', '# KEEP')).toEqual([]);
  });
});

describe('completion in the Mesh dict', () => {
  const source = 'from jarviscore import Mesh\n\nmesh = Mesh(config={\n    "bind_port": 7950,\n    \n})\n';
  const model = modelOf({ 'node.py': source });
  const at = (line: number, before: string) => complete(model, uriOf('node.py'), { line, character: before.length }, before);

  it('offers keys with and without an opened quote', () => {
    const bare = at(4, '    ').find((item) => item.label === 'seed_nodes');
    expect(bare?.insertText).toBe('"seed_nodes": ');
    const quoted = at(4, '    "seed').find((item) => item.label === 'seed_nodes');
    expect(quoted?.insertText).toBe('seed_nodes');
    expect(quoted?.range).toEqual({ start: { line: 4, character: 5 }, end: { line: 4, character: 9 } });
  });

  it('offers Python values', () => {
    expect(at(4, '    "p2p_enabled": ').map((item) => item.insertText)).toEqual(['True', 'False']);
    expect(at(4, '    "storage_backend": ').map((item) => item.insertText)).toEqual(['"local"', '"azure"', '"redis"']);
    expect(at(4, '    "storage_backend": "').map((item) => item.insertText)).toEqual(['local', 'azure', 'redis']);
  });

  it('is quiet outside', () => {
    expect(at(0, '')).toEqual([]);
  });
});
