import { mesh } from './said.ts';
import type { Files } from './workspace.ts';

/** A service that starts `node.py` from an image built here, with more lines of its own. */
export const a = (...lines: readonly string[]): Files =>
  stack(['a:', '  build: .', '  command: python node.py', ...lines.map((line) => `  ${line}`)]);
export const stack = (...services: readonly (readonly string[])[]): Files => ({
  'compose.yml': `services:\n${services
    .flat()
    .map((line) => `  ${line}\n`)
    .join('')}`,
  Dockerfile: 'FROM python:3.12\nRUN pip install jarviscore-framework\n',
  ...mesh(),
});
export const redis = (...lines: readonly string[]): Files =>
  stack(
    ['a:', '  build: .', '  command: python node.py', '  environment:', '    REDIS_URL: redis://redis'],
    ['redis:', ...lines.map((line) => `  ${line}`)],
  );
export const bound = ['environment:', '  JARVISCORE_BIND_PORT: 7950', '  JARVISCORE_BIND_HOST: 0.0.0.0'];
export const workload = (env: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: node}\nspec:\n  serviceName: node\n  template:\n    metadata: {labels: {app: node}}\n    spec:\n      containers:\n        - name: node\n          image: acme/node\n          command: [python, node.py]\n          env:\n            - {name: JARVISCORE_BIND_PORT, value: "7950"}\n            - {name: P2P_ENABLED, value: "true"}\n${env}${more}`;
export const kube = (service: string, env = ''): Files => ({ 'node.yaml': workload(env), 'service.yaml': service, ...mesh() });
export const seed = (list: string): string => `            - {name: JARVISCORE_SEED_NODES, value: "${list}"}\n`;
export const exposed = (type: string, ports: string, selector = 'app: node'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: node}\nspec:\n  type: ${type}\n  selector: {${selector}}\n  ports:\n${ports}`;

/** The compose file alone, without a program that reads the env file beside it. */
export const bare = (files: Files): Files => ({ 'compose.yml': files['compose.yml'] ?? '' });
