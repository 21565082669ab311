import { describe, expect, it } from 'vitest';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { check, implementedRules } from '#server/config/rules/engine.ts';
import { rules } from '#server/config/rules/registry.ts';
import { checkDocument } from '#server/config/rules/scopes.ts';
import { appliesTo, isProductionName } from '#server/config/rules/selection.ts';
import { findingsOf, modelOf, pathOf, summaries, uriOf } from './workspace.ts';

const node = (body: string): string => `from jarviscore import Mesh\n\nmesh = Mesh(config={${body}})\n`;

describe('port collisions in two files', () => {
  const files = {
    'a/node_a.py': node('"p2p_enabled": True, "bind_port": 7946'),
    'b/.env': 'JARVISCORE_BIND_PORT=8946\n',
  };
  const found = findingsOf(files).filter((finding) => finding.rule === 'port-collision-swim-zmq');

  it('are reported at both places, each with the other as its related location', () => {
    const places = found.map((finding) => ({
      at: `${pathOf(finding.uri)}:${finding.range.start.line}`,
      related: finding.related.map((other) => `${pathOf(other.uri)}:${other.range.start.line}`),
    }));
    expect(places).toEqual([
      { at: 'a/node_a.py:2', related: ['b/.env:0'] },
      { at: 'b/.env:0', related: ['a/node_a.py:2'] },
    ]);
    expect(found.every((finding) => finding.severity === 'error')).toBe(true);
  });

  it('mark the number itself', () => {
    expect(found[1]?.range).toEqual({ start: { line: 0, character: 21 }, end: { line: 0, character: 25 } });
  });

  it('are none between programs of an examples folder that do not seed each other', () => {
    const body = '"p2p_enabled": True, "bind_port": 7960';
    const separate = { 'examples/one.py': node(body), 'examples/two.py': node(body) };
    expect(findingsOf(separate).filter((finding) => finding.rule.startsWith('port-collision'))).toEqual([]);
    const joined = { ...separate, 'examples/two.py': node(`${body}, "seed_nodes": "127.0.0.1:7960"`) };
    expect(summaries(findingsOf(joined)).filter((line) => line.includes('port-collision-swim'))).toHaveLength(2);
  });

  it('are none between two versions of an example, nor between copies of a folder of examples', () => {
    const seed = '"p2p_enabled": True, "bind_port": 7949, "node_name": "hub"';
    const member = '"p2p_enabled": True, "bind_port": 7946, "node_name": "one", "seed_nodes": "127.0.0.1:7949"';
    const files = Object.fromEntries(
      ['examples/demo', 'examples/research', 'package/data/examples/research'].flatMap((name) => [
        [`${name}_hub.py`, node(seed)],
        [`${name}_1.py`, node(member)],
      ]),
    );
    const rules = findingsOf(files).map((finding) => finding.rule);
    expect(rules.filter((rule) => /^port-collision|^node-name-duplicate|^fleet-islands/.test(rule))).toEqual([]);
  });

  it('are none with the nodes a test builds', () => {
    const body = '"p2p_enabled": True, "bind_port": 7960, "node_name": "n"';
    const files = { 'node.py': node(body), 'tests/test_node.py': `${node(body)}${node(body)}`, 'tests/conftest.py': node(body) };
    const rules = findingsOf(files).map((finding) => finding.rule);
    expect(rules.filter((rule) => /^port-collision-swim|^node-name-duplicate|^fleet-islands/.test(rule))).toEqual([]);
  });

  it('are none on different addresses of one machine', () => {
    const other = {
      'a.py': node('"bind_port": 7946, "bind_host": "127.0.0.1"'),
      'b.py': node('"bind_port": 7946, "bind_host": "127.0.0.2"'),
    };
    expect(findingsOf(other).filter((finding) => finding.rule.startsWith('port-collision-swim'))).toEqual([]);
  });

  it('are none for scripts that never mention P2P', () => {
    expect(
      findingsOf({ 'a.py': node(''), 'b.py': node('') }).filter((finding) => finding.rule.startsWith('port-collision')),
    ).toEqual([]);
  });
});

describe('a value nothing obeys', () => {
  it('is reported as such, with the key that works and a fix where a dict can carry it', () => {
    const found = findingsOf({ '.env': 'HITL_ENABLED=true\n', 'node.py': node('"redis_url": "redis://r.internal:6379"') }).filter(
      (finding) => finding.setting === 'HITL_ENABLED',
    );
    expect(summaries(found)).toEqual(['.env:1 env-needs-mesh-config']);
    expect(found[0]?.message).toContain('"hitl_enabled"');
    expect(found[0]?.fixes[0]?.edits[0]?.newText).toContain('"hitl_enabled": True');
  });

  it('is none once the dict passes the key', () => {
    const found = findingsOf({ '.env': 'HITL_ENABLED=true\n', 'node.py': node('"hitl_enabled": True') });
    expect(found.filter((finding) => finding.setting === 'HITL_ENABLED')).toEqual([]);
  });
});

describe('severities', () => {
  const only = (files: Record<string, string>, rule: string, options = {}): (string | undefined)[] =>
    findingsOf(files, options)
      .filter((finding) => finding.rule === rule)
      .map((finding) => finding.severity);

  it('of unprefixed names are lower in templates and for a lone NODE_NAME', () => {
    expect(only({ '.env.worker': 'BIND_PORT=1\n' }, 'unprefixed-p2p-var')).toEqual(['error']);
    expect(only({ '.env.example': 'BIND_PORT=1\n' }, 'unprefixed-p2p-var')).toEqual(['warning']);
    expect(only({ '.env.worker': 'NODE_NAME=x\n' }, 'unprefixed-p2p-var')).toEqual(['warning']);
    expect(only({ '.env.worker': 'NODE_NAME=x\nP2P_ENABLED=true\n' }, 'unprefixed-p2p-var')).toEqual(['error']);
  });

  it('of duplicates rise when ports or secrets differ', () => {
    expect(only({ '.env.worker': 'LLM_MODEL=a\nLLM_MODEL=b\n' }, 'duplicate-key')).toEqual(['warning']);
    expect(only({ '.env.worker': 'JARVISCORE_BIND_PORT=7950\njarviscore_bind_port=7951\n' }, 'duplicate-key')).toEqual(['error']);
    expect(only({ '.env.worker': 'JARVISCORE_BIND_PORT=7950\nJARVISCORE_BIND_PORT=7950\n' }, 'duplicate-key')).toEqual([
      'warning',
    ]);
  });

  it('of a shared port are errors when two processes take it from the file', () => {
    const files = {
      '.env': 'JARVISCORE_BIND_PORT=7950\n',
      'a.py': node('"p2p_enabled": True'),
      'b.py': node('"p2p_enabled": True'),
    };
    expect(only(files, 'per-process-var-in-shared-env')).toEqual(['error']);
    expect(only({ '.env': 'JARVISCORE_BIND_PORT=7950\n' }, 'per-process-var-in-shared-env')).toEqual(['warning']);
    expect(only({ '.env': 'JARVISCORE_NODE_NAME=x\n' }, 'per-process-var-in-shared-env')).toEqual(['info']);
    expect(
      only({ '.env': 'JARVISCORE_BIND_PORT=7950\n', 'a.py': node('"p2p_enabled": True') }, 'per-process-var-in-shared-env'),
    ).toEqual([]);
  });

  it('of dict-only settings follow the profile', () => {
    expect(only({ '.env.worker': 'EXECUTION_TIMEOUT=60\n' }, 'env-needs-mesh-config')).toEqual(['info']);
    expect(only({ '.env.worker': 'EXECUTION_TIMEOUT=60\n' }, 'env-needs-mesh-config', { profile: 'production' })).toEqual([
      'warning',
    ]);
  });

  it('of booleans that a direct reader takes for false are warnings', () => {
    expect(only({ '.env.worker': 'BROWSER_CAPTURE_ENABLED=enabled\n' }, 'invalid-bool')).toEqual(['warning']);
    expect(only({ '.env.worker': 'KEEPALIVE_ENABLED=enabled\n' }, 'invalid-bool')).toEqual(['error']);
  });

  it('of a seed that is the own address depend on whether it is the only one', () => {
    const seeds = (list: string): string => node(`"bind_port": 7950, "bind_host": "10.0.0.4", "seed_nodes": "${list}"`);
    expect(only({ 'a.py': seeds('10.0.0.4:7950') }, 'seed-self')).toEqual(['error']);
    expect(only({ 'a.py': seeds('10.0.0.4:7950,10.0.0.5:7950') }, 'seed-self')).toEqual(['warning']);
  });

  it('can be changed and switched off by the person', () => {
    const files = { '.env.worker': 'BIND_PORT=1\n' };
    expect(only(files, 'unprefixed-p2p-var', { severities: { 'unprefixed-p2p-var': 'hint' } })).toEqual(['hint']);
    expect(findingsOf(files, { severities: { 'unprefixed-p2p-var': 'off' } })).toEqual([]);
  });
});

describe('what silences a finding', () => {
  it('is a comment alone on the line above, for the named rules or for all', () => {
    expect(findingsOf({ '.env.worker': '# jarviscore: ignore unprefixed-p2p-var\nBIND_PORT=1\n' })).toEqual([]);
    expect(findingsOf({ '.env.worker': '# jarviscore: ignore\nBIND_PORT=1\n' })).toEqual([]);
    expect(summaries(findingsOf({ '.env.worker': '# jarviscore: ignore bool-style\nBIND_PORT=1\n' }))).toEqual([
      '.env.worker:1 suppression-unused',
      '.env.worker:2 unprefixed-p2p-var',
    ]);
  });

  it('is a stronger rule on the same line', () => {
    expect(summaries(findingsOf({ '.env.worker': 'KEEPALIVE_ENABLED="true "\n' }))).toEqual([
      '.env.worker:1 dotenv-trailing-space-in-quotes',
    ]);
  });

  it('in Python, is a stronger rule about the same setting only', () => {
    const found = findingsOf({ 'a.py': node('"zmq_port_offset": "1000", "keepalive_interval": None, "p2p_enabled": True') });
    expect(
      found
        .map((finding) => finding.rule)
        .filter((rule) => rule.startsWith('mesh-config'))
        .sort(),
    ).toEqual(['mesh-config-none', 'mesh-config-type']);
  });
});

describe('templates', () => {
  it('may hold placeholders and lack what production demands', () => {
    const found = findingsOf(
      { '.env.example': 'CLAUDE_API_KEY=your-key\nAZURE_ENDPOINT=<your-endpoint>\nLLM_TIMEOUT=\n' },
      { profile: 'production' },
    );
    expect(summaries(found)).toEqual([]);
  });

  it('are checked for names, in commented lines too', () => {
    const found = findingsOf({ '.env.example': '# JC_SWIM_PORT=7946\n# see LLM_TIMEOUT = the timeout\n' });
    expect(summaries(found)).toEqual(['.env.example:1 jc-prefixed-p2p-var']);
    expect(found[0]?.range).toEqual({ start: { line: 0, character: 2 }, end: { line: 0, character: 14 } });
    expect(found[0]?.fixes[0]?.edits).toEqual([
      { uri: uriOf('.env.example'), range: found[0]?.range, newText: 'JARVISCORE_BIND_PORT' },
    ]);
  });
});

describe('the engine', () => {
  it('keeps the findings of a document while the document stays the same', () => {
    const model = modelOf({ '.env.worker': 'BIND_PORT=1\n' });
    const [document] = [...model.documents.values()];
    if (document === undefined) throw new Error('no document');
    expect(checkDocument(model, document)).toBe(checkDocument(model, document));
  });

  it('orders findings by file and position, whatever the order of documents', () => {
    const files = { 'b/.env.worker': 'BIND_PORT=1\nKEEPALIVE_ENABLED=on\n', 'a/.env.worker': 'BIND_HOST=x\n' };
    const reversed = Object.fromEntries(Object.entries(files).reverse());
    expect(findingsOf(files)).toEqual(findingsOf(reversed));
    expect(summaries(findingsOf(files)).map((line) => line.split(' ')[0])).toEqual([
      'a/.env.worker:1',
      'b/.env.worker:1',
      'b/.env.worker:2',
    ]);
  });

  it('reports a mistake in a file that several processes read once', () => {
    const files = { '.env': 'KEEPALIVE_INTERVAL=5\n', 'a.py': node(''), 'b.py': node('') };
    expect(summaries(findingsOf(files)).filter((line) => line.includes('keepalive-below-tick'))).toHaveLength(1);
  });

  it('runs a rule in the releases of the inventory only', () => {
    const files = { '.env.worker': 'SANDBOX_MODE=remote\n' };
    expect(findingsOf(files, { target: '3.0.0' }).map((f) => f.rule)).toContain('sandbox-not-wired');
    expect(findingsOf(files, { target: '1.0.2' }).map((f) => f.rule)).not.toContain('sandbox-not-wired');
    const rule = ruleInventory.get('sandbox-not-wired');
    expect(rule !== undefined && appliesTo(rule, '1.1.0') && !appliesTo(rule, '1.0.2')).toBe(true);
  });

  it('takes production from the profile or from the name of a file', () => {
    expect(['.env.production', 'prod.env', '.env.prod'].every(isProductionName)).toBe(true);
    expect(['.env', 'product.env', '.env.reproduce'].some(isProductionName)).toBe(false);
    expect(findingsOf({ '.env': 'LLM_TIMEOUT=60\n' }).some((f) => f.rule.startsWith('prod-'))).toBe(false);
    expect(findingsOf({ '.env.production': 'LLM_TIMEOUT=60\n' }).some((f) => f.rule === 'prod-no-llm-provider')).toBe(true);
  });

  it('has each rule once', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    expect(implementedRules.size).toBe(rules.length);
  });

  it('finds nothing in an empty workspace', () => {
    expect(check(modelOf({}))).toEqual([]);
  });
});

describe('env files of single nodes in one folder', () => {
  const rulesAt = (files: Record<string, string>): string[] =>
    summaries(findingsOf(files).filter((finding) => finding.rule.startsWith('port-collision')));

  it('are nodes that can collide', () => {
    expect(rulesAt({ '.env.a': 'JARVISCORE_BIND_PORT=7946\n', 'b.env': 'JARVISCORE_BIND_PORT=8946\n' })).toEqual([
      '.env.a:1 port-collision-swim-zmq',
      'b.env:1 port-collision-swim-zmq',
    ]);
  });

  it('are none where they are stages of one deployment', () => {
    expect(rulesAt({ '.env.staging': 'JARVISCORE_BIND_PORT=7946\n', '.env.production': 'JARVISCORE_BIND_PORT=7946\n' })).toEqual(
      [],
    );
  });
});
