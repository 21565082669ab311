import { describe, expect, it } from 'vitest';
import { codeActions, combineFixes } from '#server/config/features/codeActions.ts';
import { applyEdits, findingsOf, uriOf } from '../rules/workspace.ts';

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

describe('code actions', () => {
  it('offer the fix of a name and apply it', () => {
    const files = { '.env.worker': 'BIND_PORT=7950\n' };
    const actions = codeActions(findingsOf(files), uriOf('.env.worker'), whole);
    const [fix] = actions.filter((action) => action.title === 'Rename to JARVISCORE_BIND_PORT');
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(applyEdits(files, fix?.edits ?? [])).toEqual({ '.env.worker': 'JARVISCORE_BIND_PORT=7950\n' });
  });

  it('offer only what concerns the range', () => {
    const files = { '.env.worker': 'BIND_PORT=7950\nBIND_HOST=10.0.0.4\n' };
    const second = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
    expect(codeActions(findingsOf(files), uriOf('.env.worker'), second).map((action) => action.finding?.rule)).toEqual([
      'unprefixed-p2p-var',
      'unprefixed-p2p-var',
    ]);
    expect(codeActions(findingsOf(files), uriOf('.env.other'), whole)).toEqual([]);
  });

  it('silence a rule on its line, and only that', () => {
    const files = { '.env.worker': 'KEEPALIVE_ENABLED=on\nBIND_PORT=7950\n' };
    const action = codeActions(findingsOf(files), uriOf('.env.worker'), whole).find(
      (one) => one.title === 'Ignore unprefixed-p2p-var on this line',
    );
    const after = applyEdits(files, action?.edits ?? []);
    expect(after['.env.worker']).toBe('KEEPALIVE_ENABLED=on\n# jarviscore: ignore unprefixed-p2p-var\nBIND_PORT=7950\n');
    expect(findingsOf(after).map((finding) => finding.rule)).toEqual(['bool-style']);
  });

  it('fix all applies safe fixes only, and a second run has nothing to do', () => {
    const files = { '.env.worker': 'KEEPALIVE_ENABLED=on\nLLM_TIMEOUT=\nJARVISCORE_BIND_PORT=7_950\nBIND_HOST=10.0.0.4\n' };
    const [all] = codeActions(findingsOf(files), uriOf('.env.worker'), whole).filter((action) => action.kind === 'source.fixAll');
    const after = applyEdits(files, all?.edits ?? []);
    expect(after['.env.worker']).toBe('KEEPALIVE_ENABLED=true\n# LLM_TIMEOUT=\nJARVISCORE_BIND_PORT=7950\nBIND_HOST=10.0.0.4\n');
    expect(combineFixes(findingsOf(after))).toEqual([]);
  });

  it('never combine edits that collide', () => {
    const finding = findingsOf({ '.env.worker': 'KEEPALIVE_ENABLED=on\n' });
    expect(combineFixes([...finding, ...finding])).toHaveLength(1);
  });
});
