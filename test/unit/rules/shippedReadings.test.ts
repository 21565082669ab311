/** What reading the findings on the shipped files one by one showed: values that change nothing, and processes that never run. */
import { describe, expect, it } from 'vitest';
import { findingsOf } from './workspace.ts';

const mesh = (dict: string): string => `from jarviscore import Mesh\nmesh = Mesh(config={${dict}})\n`;
const settings = (files: Record<string, string>, rule: string, target = '3.0.0'): (string | null)[] =>
  findingsOf(files, { target })
    .filter((finding) => finding.rule === rule)
    .map((finding) => finding.setting);

describe('a value that is the default anyway', () => {
  it('is not missed where only the Mesh dict would bring another', () => {
    const found = (text: string, target = '3.0.0'): unknown => settings({ '.env': text }, 'env-needs-mesh-config', target);
    expect(found('EXECUTION_TIMEOUT=300\nMAX_REPAIR_ATTEMPTS=3\nHITL_ENABLED=no\nAUTH_STRATEGY_CACHE_TTL=300\n')).toEqual([]);
    expect(found('EXECUTION_TIMEOUT=301\nHITL_ENABLED=yes\n')).toEqual(['EXECUTION_TIMEOUT', 'HITL_ENABLED']);
    expect(found('LOG_DIRECTORY=./logs\nSANDBOX_MODE=local\n', '1.0.2')).toEqual([]);
    expect(found('LOG_DIRECTORY=./logs\n')).toEqual(['LOG_DIRECTORY']);
  });

  it('counts where the code behind the dict has another default than the setting', () => {
    const found = (text: string): unknown => settings({ '.env': text }, 'env-needs-mesh-config', '1.0.2');
    expect(found('CODING_MODEL=dromos-gpt-4.1\nAUTH_MODE=development\n')).toEqual(['CODING_MODEL', 'AUTH_MODE']);
  });

  it('of P2P_ENABLED counts in 1.0 where the mode of the program says otherwise', () => {
    const program = 'from jarviscore import Mesh\nMesh(mode="p2p")\n';
    const found = (files: Record<string, string>): unknown => settings(files, 'env-needs-mesh-config', '1.0.2');
    expect(found({ '.env': 'P2P_ENABLED=false\n' })).toEqual([]);
    expect(found({ '.env': 'P2P_ENABLED=false\n', 'node.py': program })).toEqual(['P2P_ENABLED']);
  });

  it('does not have to reach the process environment', () => {
    const found = (text: string): unknown => settings({ '.env': text }, 'process-env-only-var', '1.14.1');
    expect(found('BROWSER_HEADLESS=true\nRAG_TOP_K=5\n')).toEqual([]);
    expect(found('BROWSER_HEADLESS=false\nRAG_TOP_K=6\n')).toEqual(['BROWSER_HEADLESS', 'RAG_TOP_K']);
  });

  it('may stand in a shared file, and as a comment in a template', () => {
    const shared = 'JARVISCORE_NODE_NAME=jarviscore-node\nPROMETHEUS_PORT=9090\nJOURNAL_DIR=.jarviscore/journal\n';
    expect(settings({ '.env': shared }, 'per-process-var-in-shared-env')).toEqual([]);
    expect(settings({ '.env': 'PROMETHEUS_PORT=9100\n' }, 'per-process-var-in-shared-env')).toEqual(['PROMETHEUS_PORT']);
    const template = (line: string): unknown => settings({ '.env.example': line }, 'setting-unread');
    expect(template('# LOG_LEVEL=INFO      # DEBUG | INFO\n# LLM_TEMPERATURE="0.7"\n')).toEqual([]);
    expect(template('# LOG_LEVEL=DEBUG\n')).toEqual(['LOG_LEVEL']);
  });
});

describe('keys the Mesh dict is not asked for', () => {
  it('are those of metrics and storage, in every release', () => {
    for (const target of ['1.0.2', '3.0.0']) {
      expect(
        settings({ 'a.py': mesh('"prometheus_port": 9100, "storage_base_path": "/data"') }, 'mesh-key-not-read', target),
      ).toEqual(['prometheus_port', 'storage_base_path']);
    }
    expect(settings({ 'a.py': mesh('"storage_backend": "redis"') }, 'mesh-key-not-read', '2.2.0')).toEqual(['storage_backend']);
    expect(
      settings({ 'a.py': mesh('"storage_backend": "redis", "redis_url": "redis://r:6379/0"') }, 'mesh-key-not-read'),
    ).toEqual([]);
  });

  it('are not offered for a value of one process', () => {
    const [finding] = findingsOf({ '.env': 'PROMETHEUS_PORT=9100\n' }).filter(
      ({ rule }) => rule === 'per-process-var-in-shared-env',
    );
    expect(finding?.message).toMatch(/set it per process: on the launch line\.$/);
    const [name] = findingsOf({ '.env': 'JARVISCORE_NODE_NAME=a\n' }).filter(
      ({ rule }) => rule === 'per-process-var-in-shared-env',
    );
    expect(name?.message).toContain('"node_name" in Mesh');
  });
});

describe('nodes on one machine', () => {
  const node = (name: string, port: number, seeds: string, host = '127.0.0.1'): string =>
    mesh(`"p2p_enabled": True, "node_name": "${name}", "bind_host": "${host}", "bind_port": ${port}${seeds}`);
  const three = (seed: string, host?: string): Record<string, string> => ({
    'a.py': node('a', 7949, '', host),
    'b.py': node('b', 7946, `, "seed_nodes": "${seed}:7949"`, host),
    'c.py': node('c', 7947, `, "seed_nodes": "${seed}:7949"`, host),
  });

  it('are no cluster whose members need each other, and no swarm', () => {
    for (const rule of ['allow-zero-peers-in-cluster', 'fleet-single-seed', 'port-docker-swarm'])
      expect(settings(three('127.0.0.1'), rule)).toEqual([]);
  });

  it('are one as soon as they are reached from others', () => {
    const apart = three('10.0.0.1', '10.0.0.1');
    expect(settings(apart, 'allow-zero-peers-in-cluster')).toHaveLength(2);
    expect(settings(apart, 'fleet-single-seed')).toHaveLength(1);
    expect(settings(apart, 'port-docker-swarm')).toHaveLength(1);
  });

  it('may be meant by an address of theirs when they listen on all', () => {
    const files = {
      'a.py': node('a', 7949, '', '0.0.0.0'),
      'b.py': node('b', 7947, ', "seed_nodes": "192.168.1.10:7949"', '0.0.0.0'),
    };
    expect(settings(files, 'seed-unknown-node')).toEqual([]);
    const elsewhere = { ...files, 'b.py': node('b', 7947, ', "seed_nodes": "192.168.1.10:7999"', '0.0.0.0') };
    expect(settings(elsewhere, 'seed-unknown-node')).toEqual(['JARVISCORE_SEED_NODES']);
  });
});

describe('what is known at run time only', () => {
  it('may be the node a seed means', () => {
    const lines = (port: string): Record<string, string> => ({
      'run.sh': `for p in 7950 7951; do\n  P2P_ENABLED=true JARVISCORE_BIND_PORT=${port} python node.py &\ndone\nP2P_ENABLED=true JARVISCORE_BIND_PORT=7960 JARVISCORE_SEED_NODES=localhost:7951 python node.py\n`,
      'node.py': 'from jarviscore import Mesh\nMesh()\n',
    });
    expect(settings(lines('$p'), 'seed-unknown-node')).toEqual([]);
    expect(settings(lines('7950'), 'seed-unknown-node')).toEqual(['JARVISCORE_SEED_NODES']);
  });
});

describe('a key that is ignored', () => {
  it('is told by one rule', () => {
    const files = { 'a.py': mesh('"prometheus_port": 9100') };
    expect(findingsOf(files).map(({ rule }) => rule)).toEqual(['mesh-key-not-read']);
  });
});

describe('constructions nobody starts', () => {
  const one = 'mesh = Mesh(mode="p2p", config={"p2p_enabled": True, "bind_port": 7950, "node_name": "n"})\n';
  const collisions = (text: string): unknown =>
    settings({ 'a.py': `from jarviscore import Mesh\n${text}` }, 'port-collision-swim', '1.0.2');

  it('are those overwritten by the next way to write them', () => {
    expect(collisions(one + one)).toEqual([]);
    expect(collisions(`${one}# or\n${one}`)).toEqual([]);
    expect(collisions(`${one}run(mesh)\n${one}`)).toHaveLength(2);
    expect(collisions(`${one}other = 1\nrunner${one}`)).toHaveLength(2);
    expect(collisions(`${one}meshes = [${one.slice(7).trim()}]\n`)).toHaveLength(2);
  });

  it('are those a test wants to fail', () => {
    const found = (text: string): unknown =>
      settings({ 'test_a.py': `from jarviscore import Mesh\n${text}` }, 'mesh-mode-invalid', '1.0.2');
    expect(found('with pytest.raises(ValueError) as e:\n    Mesh(mode="nonsense")\n')).toEqual([]);
    expect(
      found('class T:\n    def t(self):\n        with self.assertRaises(ValueError):\n            Mesh(mode="nonsense")\n'),
    ).toEqual([]);
    expect(found('with open("pytest.raises") as e:\n    Mesh(mode="nonsense")\n')).toHaveLength(1);
    expect(found('Mesh(mode="nonsense")\n')).toHaveLength(1);
  });
});

describe('one mistake', () => {
  it('of a proxy with its password in an env file is told by one rule', () => {
    const text = 'EGRESS_PROXY_URL=http://user:hunter22@gw.acme.example:7000\n';
    expect(settings({ '.env': text }, 'egress-proxy-format')).toEqual([]);
    expect(settings({ '.env': text }, 'secret-in-env-file')).toEqual(['EGRESS_PROXY_URL']);
    expect(
      settings({ 'a.py': mesh('"egress_proxy_url": "http://user:hunter22@gw.acme.example:7000"') }, 'egress-proxy-format'),
    ).toEqual([]);
    const service = 'services:\n  a:\n    image: acme/a\n    environment:\n      P2P_ENABLED: "true"\n';
    const compose = `${service}      ${text.replace('=', ': ')}`;
    expect(settings({ 'compose.yaml': compose }, 'egress-proxy-format')).toEqual(['EGRESS_PROXY_URL']);
  });

  it('of approval switched on in the wrong place is told there', () => {
    const text = 'HITL_ENABLED=true\nHITL_MAX_CONFIDENCE=0.5\n';
    expect(settings({ '.env': text }, 'hitl-thresholds', '1.3.2')).toEqual([]);
    expect(settings({ '.env': text }, 'env-needs-mesh-config', '1.3.2')).toEqual(['HITL_ENABLED', 'HITL_MAX_CONFIDENCE']);
    expect(settings({ '.env': 'HITL_MAX_CONFIDENCE=0.5\n' }, 'hitl-thresholds', '1.3.2')).toEqual(['HITL_MAX_CONFIDENCE']);
  });

  it('points to no place but others', () => {
    const [finding] = findingsOf({ 'a.py': mesh('"execution_timeout": 900') }).filter(
      ({ rule }) => rule === 'kernel-wall-vs-exec',
    );
    expect(finding?.related).toEqual([]);
  });
});

describe('placeholders', () => {
  it('are no address that a scheme would mend', () => {
    const [finding] = findingsOf({ '.env': 'AZURE_ENDPOINT=...\n' }).filter(({ rule }) => rule === 'invalid-url');
    expect(finding?.fixes).toEqual([]);
    const [bare] = findingsOf({ '.env': 'AZURE_ENDPOINT=azure.acme.example\n' }).filter(({ rule }) => rule === 'invalid-url');
    expect(bare?.fixes).toHaveLength(1);
  });

  it('are the secrets that documents and bundled stacks show', () => {
    for (const secret of ['a-long-random-secret-only-you-know', 'minioadmin', 'athena_dev', 'devpassword'])
      expect(settings({ '.env': `NEXUS_SECRET=${secret}\n` }, 'secret-placeholder')).toEqual(['NEXUS_SECRET']);
    expect(settings({ '.env': 'NEXUS_SECRET=hQ7vX2mK9pRt4wYz8nBc3dFg6jLs5aEu\n' }, 'secret-placeholder')).toEqual([]);
  });
});

describe('fixes of what a person would mend by hand', () => {
  const fixed = (files: Record<string, string>, rule: string, options = {}): string[] =>
    findingsOf(files, options).flatMap((finding) =>
      finding.rule === rule ? finding.fixes.map((fix) => `${fix.title} (${fix.safe ? 'safe' : 'unsafe'})`) : [],
    );

  it('read the prefixed name, where the name is written in the look-up', () => {
    const script = (read: string): Record<string, string> => ({
      'a.py': `import os\nfrom jarviscore import Mesh\nNAME = "BIND_PORT"\nMesh(config={"bind_port": int(${read})})\n`,
    });
    for (const read of ['os.getenv("BIND_PORT", "7946")', "os.environ['BIND_PORT']", 'os.environ.get("BIND_PORT")'])
      expect(fixed(script(read), 'bind-port-getenv')).toEqual(['Read JARVISCORE_BIND_PORT (unsafe)']);
    expect(fixed(script('os.getenv(NAME)'), 'bind-port-getenv')).toEqual([]);
  });

  it('keep what Redis holds, where neither command nor volume says otherwise', () => {
    const compose = (redis: string): Record<string, string> => ({
      'compose.yaml': `services:\n  a:\n    image: acme/agents\n    environment: {P2P_ENABLED: "true", REDIS_URL: "redis://redis:6379/0"}\n  redis:\n${redis}`,
    });
    const found = (redis: string): string[] => fixed(compose(redis), 'redis-no-persistence', { profile: 'production' });
    expect(found('    image: redis:7\n')).toEqual(['Keep its data in ./redis-data (unsafe)']);
    expect(found('      restart: always\n      image: valkey/valkey:8 # cache\n')).toEqual([
      'Keep its data in ./redis-data (unsafe)',
    ]);
    expect(found('    image: redis:7\n    command: redis-server --appendonly yes\n')).toEqual([
      'Keep its data in ./redis-data (unsafe)',
    ]);
    expect(found('    image: redis:7\n    command: redis-server --save ""\n')).toEqual([]);
    expect(found('    image: redis/redis-stack:7\n')).toEqual([]);
    expect(found('    {image: redis:7}\n')).toEqual([]);
  });
});
