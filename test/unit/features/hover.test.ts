import { describe, expect, it } from 'vitest';
import { hover } from '#server/config/features/hover.ts';
import { code } from '#server/config/features/wording.ts';
import { modelOf, uriOf } from '../rules/workspace.ts';

const node = (body: string): string => `from jarviscore import Mesh\n\nmesh = Mesh(config={${body}})\n`;
const at = (line: number, character: number): { line: number; character: number } => ({ line, character });

describe('hover', () => {
  const files = {
    '.env':
      'KEEPALIVE_INTERVAL=60\nHITL_ENABLED=true\nREDIS_URL=redis://me:hidden-word@r.internal:6379\nJARVISCORE_BIND_PORT=7950\n',
    'node.py': node('"p2p_enabled": True, "keepalive_interval": 30'),
  };
  const model = modelOf(files);
  const text = (line: number): string => hover(model, uriOf('.env'), at(line, 3))?.markdown ?? '';

  it('shows the winner of each process with its place, and what it hides', () => {
    expect(text(0)).toContain('- node: `30` (Mesh dict, node.py:3)');
    expect(text(0)).toContain('hides `60` (env file, .env:1), `90` (default)');
    expect(text(0)).toContain('Type: int (s), 10 or more');
    expect(text(0)).toContain('Default in 3.0.0: `90`');
  });

  it('says that a value is not applied, and why', () => {
    expect(text(1)).toContain('**not applied** by JarvisCore 3.0.0');
    expect(text(1)).toContain('`hitl_enabled` in `Mesh(config={...})`');
  });

  it('masks secrets', () => {
    expect(text(2)).toContain('redis://me:***@r.internal:6379');
    expect(text(2)).not.toContain('hidden-word');
  });

  it('derives the ZeroMQ port', () => {
    expect(text(3)).toContain('- node: SWIM 7950 (UDP and TCP), ZeroMQ 8950 (TCP, 7950 + 1000)');
  });

  it('says how often keepalives are really sent: the interval is only a lower bound', () => {
    const pair = (index: number): string => node(`"p2p_enabled": True, "bind_port": ${7950 + 2 * index}`);
    const declared = modelOf({
      '.env': 'KEEPALIVE_INTERVAL=90\nACTIVITY_SUPPRESS_WINDOW=60\n',
      'a.py': pair(0),
    });
    for (const line of [0, 1]) {
      const markdown = hover(declared, uriOf('.env'), at(line, 3))?.markdown;
      expect(markdown).toContain('- a: every 130 s. ');
      expect(markdown).toContain('each sends every 130 s, not every 90 s');
    }
    const short = modelOf({ '.env': 'KEEPALIVE_INTERVAL=90\nACTIVITY_SUPPRESS_WINDOW=30\n', 'a.py': pair(0) });
    expect(hover(short, uriOf('.env'), at(0, 3))?.markdown).toContain(
      '- a: every 90 s. The interval of 90 s; the window is over before.',
    );
    const off = modelOf({ '.env': 'KEEPALIVE_INTERVAL=90\nKEEPALIVE_ENABLED=false\n', 'a.py': pair(0) });
    expect(hover(off, uriOf('.env'), at(0, 3))?.markdown).not.toContain('Keepalives of');
  });

  it('names the readers per release and marks the range of the target', () => {
    expect(text(1)).toContain('**1.1.0 and later**');
    expect(text(1)).toContain('`jarviscore/profiles/autoagent.py:432`');
    expect(text(0)).toContain('(docs/settings.md#keepalive_interval)');
  });

  it('works on keys of the dict, on names in template comments and on the value', () => {
    const dict = hover(model, uriOf('node.py'), at(2, 45));
    expect(dict?.markdown).toContain('environment name `KEEPALIVE_INTERVAL`');
    expect(hover(model, uriOf('.env'), at(0, 20))?.range).toEqual({ start: at(0, 19), end: at(0, 21) });
    const template = modelOf({ '.env.example': '# LOG_LEVEL=INFO\n' });
    expect(hover(template, uriOf('.env.example'), at(0, 4))?.markdown).toContain('**LOG_LEVEL**');
  });

  it('works where a setting is read', () => {
    const files = {
      '.env': 'REDIS_URL=redis://r:1\n',
      'node.py': `import os\n${node('')}url = os.getenv("REDIS_URL")\nmine = os.getenv("MY_OWN")\n`,
    };
    const model = modelOf(files);
    const found = hover(model, uriOf('node.py'), at(4, 20));
    expect(found?.range).toEqual({ start: at(4, 17), end: at(4, 26) });
    expect(found?.markdown).toContain('- node: `redis://r:1` (env file, .env:1)');
    expect(hover(model, uriOf('node.py'), at(5, 20))).toBeNull();
  });

  it('works in a drop-in', () => {
    const model = modelOf({
      'node.service': '[Service]\nEnvironment=JARVISCORE_NODE_NAME=a\nExecStart=/usr/bin/python3 node.py\n',
      'node.service.d/metrics.conf': '[Service]\nEnvironment=PROMETHEUS_ENABLED=true\n',
    });
    const found = hover(model, uriOf('node.service.d/metrics.conf'), at(1, 15));
    expect(found?.markdown).toContain('- node: `True` (process environment, metrics.conf:2)');
  });

  it('suggests the name that was meant, and is silent elsewhere', () => {
    const typo = modelOf({ '.env.w': '', '.env.worker': 'KEEPALIVE_INTERVALL=60\nMY_APP=1\n' });
    expect(hover(typo, uriOf('.env.worker'), at(0, 2))?.markdown).toContain('Did you mean `KEEPALIVE_INTERVAL`');
    expect(hover(typo, uriOf('.env.worker'), at(1, 2))).toBeNull();
    expect(hover(typo, uriOf('.env.missing'), at(0, 0))).toBeNull();
  });

  it('lets no value break out of its code span', () => {
    expect(code('a`b``c')).toBe('``` a`b``c ```');
    expect(code('two\nlines')).toBe('`two⏎lines`');
  });
});
