/** Ways to change a workspace that mistakes are written with. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { Files } from '../rules/workspace.ts';
import type { Value } from './slots.ts';

type Change = (files: Files, kind: FileKind) => Files;

export const set = (name: string, text: string): Value => ({ name, text });
export const drop = (name: string): Value => ({ name, text: null });

function textOf(files: Files, path: string): string {
  const text = files[path];
  if (text === undefined) throw new Error(`The workspace has no ${path}`);
  return text;
}

/** Replaces a text that stands in the file exactly as given. */
export function replace(path: string, from: string, to: string): Change {
  return (files) => {
    const text = textOf(files, path);
    if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`);
    return { ...files, [path]: text.replace(from, () => to) };
  };
}

/** Adds lines at the end. */
export function append(path: string, lines: string): Change {
  return (files) => ({ ...files, [path]: textOf(files, path) + lines });
}

export function add(path: string, text: string): Change {
  return (files) => ({ ...files, [path]: text });
}

export function all(...changes: readonly Change[]): Change {
  return (files, kind) => changes.reduce((now, change) => change(now, kind), files);
}

/** A change that depends on the kind of file. */
export function by(changes: Partial<Record<FileKind, Change>>): Change {
  return (files, kind) => changes[kind]?.(files, kind) ?? files;
}

/** The Python program the slot of a kind starts, where it is part of the workspace. */
export const programs: Partial<Record<FileKind, string>> = {
  dotenv: 'fleet/archivist.py',
  python: 'fleet/planner.py',
  compose: 'fleet/librarian.py',
  systemd: 'fleet/editor.py',
  dockerfile: 'fleet/scout.py',
  shell: 'fleet/analyst.py',
  launch: 'fleet/drafter.py',
};

export function programOf(kind: FileKind): string {
  const path = programs[kind];
  if (path === undefined) throw new Error(`No program of the workspace is started by its ${kind} file`);
  return path;
}

/** Takes a key out of the Mesh dict of the program a kind starts. */
export function withoutKey(key: string): Change {
  return (files, kind) => {
    const path = programOf(kind);
    const lines = textOf(files, path).split('\n');
    const at = lines.findIndex((line) => line.startsWith(`        "${key}": `));
    if (at < 0) throw new Error(`${path} has no "${key}"`);
    return { ...files, [path]: lines.toSpliced(at, 1).join('\n') };
  };
}

/** Gives containers the network interfaces of their host, where ports can get in each other's way. */
export const onHostNetwork: Change = by({
  compose: replace('compose.yaml', '  librarian:\n', '  librarian:\n    network_mode: host\n'),
  dockerfile: replace('compose.yaml', '  scout:\n', '  scout:\n    network_mode: host\n'),
  kubernetes: replace('deploy/kubernetes/reviewer.yaml', '      containers:\n', '      hostNetwork: true\n      containers:\n'),
});

const reviewer = 'deploy/kubernetes/reviewer.yaml';

/** The ConfigMap of `withMountedEnvFile`. */
export const mountedEnvFile = 'deploy/kubernetes/reviewer-env.yaml';

/** Gives the reviewer a `.env` that a ConfigMap holds, mounted where its program starts. */
export const withMountedEnvFile: Change = all(
  add(
    mountedEnvFile,
    `apiVersion: v1
kind: ConfigMap
metadata:
  name: atlas-reviewer-env
  namespace: atlas
data:
  .env: |
    P2P_ENABLED=true
    LLM_TIMEOUT=60
    RAG_TOP_K=7
`,
  ),
  replace(reviewer, '            - name: P2P_ENABLED\n              value: "true"\n', ''),
  replace(
    reviewer,
    '          volumeMounts:\n',
    '          workingDir: /app\n          volumeMounts:\n            - name: env\n              mountPath: /app/.env\n              subPath: .env\n',
  ),
  replace(
    reviewer,
    '      volumes:\n',
    '      volumes:\n        - name: env\n          configMap:\n            name: atlas-reviewer-env\n',
  ),
);

/** The script of `withProfiles`. */
export const composeScript = 'scripts/start-librarian.sh';

/** Gives the librarian a successor on the same port; the script starts one of the two at a time. */
export const withProfiles: Change = all(
  (files) => {
    const text = textOf(files, 'compose.yaml');
    const block = /^ {2}librarian:\n(?: {4}.*\n)+/m.exec(text)?.[0];
    if (block === undefined) throw new Error('compose.yaml has no librarian');
    const onHost = block.replace('"7950"', '"7958"').replace('  librarian:\n', '  librarian:\n    network_mode: host\n');
    const own = onHost.replace('  librarian:\n', '  librarian:\n    profiles: [current]\n');
    const successor = onHost
      .replace('  librarian:\n', '  librarian-next:\n    profiles: [next]\n')
      .replace('NODE_NAME: librarian', 'NODE_NAME: librarian-next')
      .replace('"9110"', '"9119"');
    return { ...files, 'compose.yaml': text.replace(block, () => `${own}\n${successor}`) };
  },
  replace(
    'prometheus.yml',
    '          - "172.28.0.14:9110"\n',
    '          - "172.28.0.14:9110"\n          - "172.28.0.14:9119"\n',
  ),
  add(composeScript, '#!/usr/bin/env bash\nset -euo pipefail\ndocker compose --profile current up -d\n'),
);

const shared = ['requirements.txt', 'Dockerfile', 'fleet/agents.py', 'fleet/running.py', 'fleet/vault.py'];
const ownFiles: Partial<Record<FileKind, readonly string[]>> = {
  dotenv: ['deploy/systemd/archivist.env', 'deploy/systemd/atlas-archivist.service'],
  compose: ['compose.yaml'],
  systemd: ['deploy/systemd/atlas-editor.service'],
  kubernetes: ['deploy/kubernetes/reviewer.yaml'],
  dockerfile: ['compose.yaml', 'images/scout/Dockerfile'],
  shell: ['scripts/start-analyst.sh'],
  launch: ['.vscode/launch.json'],
};

/** Takes services out of the compose file. */
export function withoutServices(...names: readonly string[]): Change {
  return (files) => {
    const [head = '', ...rest] = textOf(files, 'compose.yaml').split(/^(?= {2}\w+:\n {4})/m);
    const kept = rest.filter((part) => !names.includes(/^ {2}(\w+):/.exec(part)?.[1] ?? ''));
    return { ...files, 'compose.yaml': head + kept.join('') };
  };
}

/** The slot's process with its program and nothing else, and further files. */
export function alone(...more: readonly string[]): Change {
  return (files, kind) => {
    const wanted = new Set([...shared, ...(ownFiles[kind] ?? []), programs[kind] ?? '', ...more]);
    const left = Object.fromEntries(Object.entries(files).filter(([path]) => wanted.has(path)));
    if (kind === 'compose') return withoutServices('research', 'reader', 'scout')(left, kind);
    return kind === 'dockerfile' ? withoutServices('research', 'reader', 'librarian')(left, kind) : left;
  };
}

const hubFiles = (name: string): readonly string[] => [
  `deploy/systemd/${name}.env`,
  `deploy/systemd/atlas-${name}.service`,
  'fleet/hub.py',
];

/** The slot's process with hub A, which has no seed. */
export const withOneHub: Change = all(
  alone(...hubFiles('hub-a')),
  replace('deploy/systemd/hub-a.env', 'JARVISCORE_SEED_NODES=10.20.0.2:7950\n', ''),
);

/** The slot's process with hub A, which has no seed, and hub B, which knows A. */
export const withTwoHubs: Change = all(
  alone(...hubFiles('hub-a'), ...hubFiles('hub-b')),
  replace('deploy/systemd/hub-a.env', 'JARVISCORE_SEED_NODES=10.20.0.2:7950\n', ''),
);
