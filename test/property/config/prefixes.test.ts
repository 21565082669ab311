// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Half-typed files: any prefix is read, and keeps what stands complete before its end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '#server/config/model/types.ts';
import { check } from '#server/config/rules/engine.ts';
import { modelOf, uriOf } from '../../unit/rules/workspace.ts';

const samples: Readonly<Record<string, string>> = {
  '.env': '# fleet\nexport P2P_ENABLED=true\nJARVISCORE_NODE_NAME="a b"\nKEEPALIVE_INTERVAL=90 # s\nREDIS_URL=redis://h:1/0\n',
  'compose.yaml':
    'services:\n  hub:\n    build: .\n    environment: &env\n      P2P_ENABLED: "true"\n      JARVISCORE_BIND_PORT: 7946\n      JARVISCORE_NODE_NAME: hub\n  worker:\n    extends: hub\n    environment:\n      - JARVISCORE_BIND_PORT=7947\n      - JARVISCORE_SEED_NODES=hub:7946\n  third:\n    environment:\n      <<: *env\n      ZMQ_PORT_OFFSET: 900\n',
  'node.service':
    '[Unit]\nDescription=x\n[Service]\nEnvironment=P2P_ENABLED=true "JARVISCORE_NODE_NAME=a b"\nEnvironment=JARVISCORE_BIND_PORT=7946 \\\n  ZMQ_PORT_OFFSET=1000\nEnvironmentFile=-/etc/x.env\nExecStart=/usr/bin/python3 node.py\n',
  'k8s.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          env:\n            - name: P2P_ENABLED\n              value: "true"\n            - name: JARVISCORE_BIND_PORT\n              value: "7946"\n            - name: JARVISCORE_NODE_NAME\n              value: a\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  ZMQ_PORT_OFFSET: "1000"\n',
  Dockerfile:
    'FROM python:3.12 AS base\nARG PORT=7946\nENV P2P_ENABLED=true JARVISCORE_NODE_NAME="a b"\nRUN pip install "jarviscore-framework[p2p]==3.0.0"\nFROM base\nENV JARVISCORE_BIND_HOST=0.0.0.0 \\\n    ZMQ_PORT_OFFSET=1000\nCOPY .env /app/\nCMD ["python", "node.py"]\n',
  'run.sh':
    'set -a; . ./.env; set +a\nexport P2P_ENABLED=true\nif [ -n "$1" ]; then\n  export LOG_LEVEL=DEBUG\nfi\nJARVISCORE_BIND_PORT=7946 python node.py &\nfor i in 1 2; do\n  JARVISCORE_NODE_NAME=n$i python node.py &\ndone\ndocker run -e ZMQ_PORT_OFFSET=1 --env-file .env x\n',
  '.vscode/launch.json':
    '{\n  // all\n  "configurations": [\n    {"name": "A", "type": "debugpy", "program": "node.py", "env": {"P2P_ENABLED": "true", "JARVISCORE_BIND_PORT": "7946"}},\n    {"name": "B", "type": "debugpy", "program": "node.py", "env": {"JARVISCORE_BIND_PORT": "7947"}}\n  ]\n}\n',
  'node.py':
    'import os\nfrom jarviscore import Mesh\n\nPORT = 7946\nos.environ["KEEPALIVE_INTERVAL"] = "90"\nmesh = Mesh(config={\n    "p2p_enabled": True,\n    "bind_port": PORT,\n    "node_name": f"n-{PORT}",\n})\nos.environ.setdefault("LOG_LEVEL", "INFO")\n',
  'kustomization.yaml':
    'resources: [a.yaml]\nconfigMapGenerator:\n  - name: fleet\n    literals:\n      - P2P_ENABLED=true\n      - JARVISCORE_BIND_PORT=7946\n',
  'prometheus.yml':
    'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ["a:9090"]\n      - targets: ["b:9091"]\n',
};

function documentOf(path: string, text: string): SourceDocument {
  const model = modelOf({ [path]: text });
  check(model, { profile: 'production' });
  const document = model.documents.get(uriOf(path));
  if (document === undefined) throw new Error('no document');
  return document;
}

/** Everything a document sets, by its place: `line:character name`. Also what stands in units that may be of another program. */
function namesIn(document: SourceDocument): { readonly key: string; readonly endLine: number }[] {
  const all = [...document.assignments, ...(document.deployment?.units ?? []).flatMap((unit) => unit.assignments)];
  const scraped = document.marks.filter((mark) => mark.name === 'scrape-target');
  return [
    ...all.map(({ name, range, nameRange }) => ({
      key: `${nameRange.start.line}:${nameRange.start.character} ${name}`,
      endLine: range.end.line,
    })),
    ...scraped.map(({ value, range }) => ({
      key: `${range.start.line}:${range.start.character} ${value}`,
      endLine: range.end.line,
    })),
  ];
}

describe.each(Object.entries(samples))('%s', (path, text) => {
  const whole = namesIn(documentOf(path, text));

  it('is a sample that sets something on several lines', () => {
    expect(new Set(whole.map((one) => one.endLine)).size).toBeGreaterThan(1);
  });

  it('cut anywhere still gives what stands on the lines above', () => {
    fc.assert(
      fc.property(fc.nat(text.length), (to) => {
        const prefix = text.slice(0, to);
        // Not half a line but a whole one: it takes back what stands above (systemd.exec(5)).
        fc.pre(!prefix.endsWith('\nEnvironment='));
        const found = new Set(namesIn(documentOf(path, prefix)).map((one) => one.key));
        const line = prefix.split('\n').length - 1;
        for (const { key, endLine } of whole) if (endLine < line) expect([...found]).toContain(key);
      }),
      { numRuns: 60 },
    );
  });

  it('with any line broken is read without an exception, and keeps what stands above that line', () => {
    const junk = fc.constantFrom('"', "'", '{', '[', '(', '`', '${', '$(', '\\', ': :', '- -', '\t', '\0', '=', '%');
    const lines = text.split('\n');
    fc.assert(
      fc.property(fc.nat(lines.length - 1), junk, (at, piece) => {
        const broken = [...lines.slice(0, at), piece, ...lines.slice(at)].join('\n');
        const found = namesIn(documentOf(path, broken)).map((one) => one.key);
        for (const { key, endLine } of whole) if (endLine < at - 1) expect(found).toContain(key);
      }),
      { numRuns: 60, examples: [[9, '${']] },
    );
  });
});
