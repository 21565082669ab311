import { describe, expect, it } from 'vitest';
import { readiness } from '#server/config/rules/readiness.ts';
import { type Files, modelOf, pathOf, type WorkspaceOptions } from './workspace.ts';

const items = (files: Files, options: WorkspaceOptions = {}) =>
  new Map(readiness(modelOf(files, options)).map((item) => [item.item, item]));

const ready = {
  '.env': [
    'CLAUDE_API_KEY=sk-ant-q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA',
    'NEXUS_SECRET=mB5tN9cH2yL6pD4sF0gJAq8Zr3vK1xW7',
    'NEXUS_GATEWAY_URL=https://nexus.acme.example',
    'NEXUS_GATEWAY_API_KEY=yL6pD4sF0gJAmB5tN9cH2q8Zr3vK1xW7',
    'REDIS_URL=rediss://redis.acme.example:6379/0',
    'STORAGE_BACKEND=local',
    'STORAGE_BASE_PATH=/data/blobs',
    'PROMETHEUS_ENABLED=true',
    'LLM_MAX_CONCURRENT=8',
    'LOG_LEVEL=INFO',
    'ALLOW_UNSAFE_LOCAL_EXECUTION=false',
  ].join('\n'),
  'node.py':
    'from jarviscore import Mesh\n\nmesh = Mesh(config={"execution_timeout": 120, "hitl_enabled": True, "p2p_enabled": True, "bind_host": "10.0.0.4", "bind_port": 7950, "seed_nodes": "10.0.0.5:7950"})\n',
};

describe('readiness', () => {
  it('has 11 production and 7 security items in order', () => {
    const names = readiness(modelOf(ready)).map((item) => item.item);
    expect(names).toEqual([
      ...Array.from({ length: 11 }, (_, i) => `P${i + 1}`),
      ...Array.from({ length: 7 }, (_, i) => `S${i + 1}`),
    ]);
  });

  it('passes what the files satisfy, with the lines that show it', () => {
    const found = items(ready);
    for (const item of ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P11', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7']) {
      expect(found.get(item), item).toMatchObject({ item, status: 'pass', remedy: '' });
    }
    expect(found.get('P4')?.evidence.map((place) => `${pathOf(place.uri)}:${place.range.start.line + 1}`)).toEqual(['.env:5']);
    expect(found.get('P11')?.evidence.map((place) => pathOf(place.uri))).toEqual(['node.py']);
  });

  it('fails an empty configuration with remedies', () => {
    const found = items({ 'node.py': 'from jarviscore import Mesh\n\nmesh = Mesh()\n' });
    for (const item of ['P1', 'P2', 'P3', 'P4', 'P5', 'P7', 'P8', 'P9', 'P11', 'S2', 'S5', 'S7']) {
      expect(found.get(item)?.status, item).toBe('fail');
      expect(found.get(item)?.remedy, item).not.toBe('');
      expect(found.get(item)?.evidence.length, item).toBeGreaterThan(0);
    }
  });

  it('fails the item a single setting breaks', () => {
    const broken = (from: string, to: string) => items({ ...ready, '.env': ready['.env'].replace(from, to) });
    expect(broken('rediss://redis.acme.example', 'redis://localhost').get('P4')?.status).toBe('fail');
    expect(broken('LOG_LEVEL=INFO', 'LOG_LEVEL=DEBUG').get('P9')?.status).toBe('fail');
    expect(broken('EXECUTION=false', 'EXECUTION=true').get('S3')?.status).toBe('fail');
    expect(broken('NEXUS_SECRET=mB5tN9cH2yL6pD4sF0gJAq8Zr3vK1xW7', 'NEXUS_SECRET=changeme').get('P2')?.status).toBe('fail');
    expect(broken('https://nexus.acme.example', 'http://localhost:8090').get('P3')?.status).toBe('fail');
  });

  it('does not take the environment name for a timeout that only the dict sets', () => {
    const found = items({
      '.env': 'EXECUTION_TIMEOUT=60\nHITL_ENABLED=true\n',
      'node.py': 'from jarviscore import Mesh\n\nmesh = Mesh()\n',
    });
    expect(found.get('P11')?.status).toBe('fail');
    expect(found.get('S7')?.status).toBe('fail');
  });

  it('says how often the nodes of the fleet send keepalives with their settings', () => {
    const node = (port: number, other: number) =>
      `from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": True, "bind_port": ${port}, "seed_nodes": "127.0.0.1:${other}"})\n`;
    const pair = { 'a.py': node(7946, 7950), 'b.py': node(7950, 7946) };
    const said = (env: string) => items({ ...pair, '.env': env }).get('P10')?.message;
    expect(said('KEEPALIVE_INTERVAL=90\nACTIVITY_SUPPRESS_WINDOW=60\n')).toMatch(
      / Keepalives while no other message is sent: a, b every 130 s\. Own keepalives and answers .* not every 90 s\.$/,
    );
    expect(said('KEEPALIVE_INTERVAL=90\nACTIVITY_SUPPRESS_WINDOW=20\n')).toContain('a, b every 90 s. ');
    expect(said('KEEPALIVE_ENABLED=false\n')).not.toContain('Keepalives');
  });

  it('says which items concern nobody', () => {
    const off = items({ 'node.py': 'from jarviscore import Mesh\n\nmesh = Mesh(config={"p2p_enabled": False})\n' });
    expect(off.get('P10')?.status).toBe('not-applicable');
    expect(items({ 'node.py': 'from jarviscore import Mesh\n\nmesh = Mesh()\n' }, { target: '1.0.2' }).get('P2')?.status).toBe(
      'not-applicable',
    );
    expect([...items({}).values()].every((item) => item.status === 'not-applicable')).toBe(true);
  });
});
