/**
 * What an editor asks for after a keystroke, in a workspace of 500 files: each answer from the model that is there,
 * measured as processor time of the server's thread.
 */
import { lensPlaces, lensTitle } from '#server/config/features/codeLens.ts';
import { definition } from '#server/config/features/definition.ts';
import { highlightsOf, outlineOf } from '#server/config/features/dotenvOutline.ts';
import { hover } from '#server/config/features/hover.ts';
import { hintKinds, inlayHints } from '#server/config/features/inlayHints.ts';
import { links } from '#server/config/features/links.ts';
import { references } from '#server/config/features/references.ts';
import { rename } from '#server/config/features/rename.ts';
import { semanticTokens } from '#server/config/features/semanticTokens.ts';
import type { WorkspaceModel } from '#server/config/model/types.ts';
import { Workspace } from '#server/workspace/workspace.ts';
import type { Row } from './row.ts';

const frameMs = 16;
const rounds = 200;
const folder = 'file:///bench';
const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const kinds = new Set(hintKinds);

const env = (index: number) =>
  `# settings of one process\nJARVISCORE_NODE_NAME=node-${index}\nAPP_ZONE=eu\nREDIS_URL=redis://localhost:6379/0\nKEEPALIVE_INTERVAL=90\nAPP_URL=http://\${APP_ZONE}.example\nJARVISCORE_SEED_NODES=127.0.0.1:20000\n`;
const python = (index: number) =>
  `import os\nfrom jarviscore import Mesh\n\nzone = os.getenv("APP_ZONE")\nmesh = Mesh(config={\n    "bind_port": ${20_000 + index * 7},\n    "node_name": "node-${index}",\n    "keepalive_interval": 60,\n})\n`;

function finish<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

type Feature = (model: WorkspaceModel, uri: string, other: string, text: string) => unknown;

const features: Readonly<Record<string, Feature>> = {
  hover: (model, uri) => hover(model, uri, { line: 4, character: 3 }),
  definition: (model, uri) => finish(definition(model, uri, { line: 4, character: 3 }, null)),
  references: (model, uri) => finish(references(model, uri, { line: 2, character: 3 }, true)),
  rename: (model, uri) => finish(rename(model, uri, { line: 2, character: 3 }, 'APP_REGION')),
  'inlay hints': (model, uri) => finish(inlayHints(model, uri, whole, kinds)),
  'inlay hints (Python)': (model, _uri, other) => finish(inlayHints(model, other, whole, kinds)),
  'code lenses': (model, _uri, other) => lensPlaces(model, other).map(({ process }) => lensTitle(model, process)),
  links: (model, uri) => links(model, uri),
  symbols: (model, uri, _other, text) => {
    const document = model.documents.get(uri);
    return document === undefined ? null : outlineOf(document, text);
  },
  highlights: (model, uri) => {
    const document = model.documents.get(uri);
    return document === undefined ? null : highlightsOf(document, { line: 2, character: 3 });
  },
  'semantic tokens': (model, _uri, _other, text) => semanticTokens(text, model.target),
};

/** Milliseconds, 99th percentile, by feature. */
function measureFeatures(): ReadonlyMap<string, number> {
  const workspace = new Workspace({ epoch: 'bench', log: (level, text) => console.error(level, text) });
  workspace.setFolders([folder]);
  for (let index = 0; index < 250; index++) {
    workspace.setEditor(`${folder}/p${index}/.env`, 1, env(index));
    workspace.setEditor(`${folder}/p${index}/app.py`, 1, python(index));
  }
  const times = new Map(Object.keys(features).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    const place = `${folder}/p${(round * 37) % 250}`;
    const text = `${env(round)}TYPED_${round}=x\n`;
    workspace.setEditor(`${place}/.env`, round + 2, text);
    const model = workspace.model(`${place}/.env`);
    if (model === undefined) throw new Error('The document has no model.');
    for (const [name, feature] of Object.entries(features)) {
      const before = process.threadCpuUsage();
      feature(model, `${place}/.env`, `${place}/app.py`, text);
      const { user, system } = process.threadCpuUsage(before);
      // The first rounds find the names of every file and warm the program up.
      if (round >= 20) times.get(name)?.push((user + system) / 1000);
    }
  }
  return new Map(
    [...times].map(([name, list]) => {
      const sorted = list.toSorted((a, b) => a - b);
      return [name, sorted[Math.floor(sorted.length * 0.99)] ?? 0];
    }),
  );
}

export function editorFeatures(): Row[] {
  const all = [...measureFeatures()].sort(([, a], [, b]) => b - a);
  const [slowest] = all;
  const others = all.slice(1).map(([name, time]) => `${name} ${time.toFixed(1)}`);
  return [
    {
      what: "an editor's question after a keystroke, 500 files, p99 of the slowest",
      detail: `${slowest?.[0]}; ${others.join(', ')}`,
      ours: slowest?.[1] ?? 0,
      reference: { name: 'one frame', value: frameMs },
      unit: 'ms',
      goal: '<= 1 x',
      holds: (slowest?.[1] ?? 0) <= frameMs,
    },
  ];
}
