// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '#server/config/model/types.ts';
import { check } from '#server/config/rules/engine.ts';
import type { Range } from '#server/config/text/position.ts';
import { modelOf } from '../../unit/rules/workspace.ts';

/** Texts every reader has to know, in any order and with anything between them. */
const pieces = fc.constantFrom(
  'services:\n',
  '  a:\n',
  '  b: &b\n',
  '    extends: a\n',
  '    extends: {service: b}\n',
  '    environment:\n',
  '      JARVISCORE_BIND_PORT: 7946\n',
  '      - JARVISCORE_NODE_NAME=n\n',
  '      <<: *b\n',
  '    env_file: .env\n',
  '    command: python node.py\n',
  '    ports: ["7946:7946/udp", 1]\n',
  '${A:-${B}}',
  '${',
  '$$',
  '*x',
  '&x ',
  '[',
  '{',
  '"',
  "'",
  '- ',
  '? ',
  ': ',
  '|\n',
  '\t',
  '\\\n',
  '#',
  '\0',
  '\ud800',
  '\r\n',
  '---\n',
  '[Service]\n',
  'Environment=JARVISCORE_BIND_PORT=1 "A=b\n',
  'Environment=\n',
  'EnvironmentFile=-/x/.env\n',
  'ExecStart=/usr/bin/python node.py\n',
  'FROM python AS x\n',
  'FROM x\n',
  'ENV JARVISCORE_NODE_NAME=n\n',
  'ENV A b\n',
  'COPY .env /\n',
  'RUN <<EOF\n',
  'EOF\n',
  'CMD ["python", "node.py"\n',
  'ARG A\n',
  'export JARVISCORE_BIND_PORT=1\n',
  'A=$(',
  'JARVISCORE_NODE_NAME=`x` python node.py &\n',
  'docker run -e A=1 --env-file=.env -p 1:1 x\n',
  'set -a; . ./.env\n',
  'apiVersion: v1\n',
  'kind: Deployment\n',
  'kind: List\nitems:\n',
  'spec: {template: {spec: {containers: [{env: [{name: A, value: b}]}]}}}\n',
  '"configurations": [{"env": {"A": "b"}, "program": "node.py"}]',
  '// x\n',
  '/*',
  'scrape_configs:\n',
  ' - static_configs: [{targets: [a:1]}]\n',
);
const text = fc
  .array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string({ maxLength: 12 })), { maxLength: 30 })
  .map((all) => all.join(''));
const paths = [
  'compose.yaml',
  'docker-compose.override.yml',
  'node.service',
  'node.service.d/a.conf',
  'Dockerfile',
  'run.sh',
  '.vscode/launch.json',
  '.vscode/tasks.json',
  'k8s.yaml',
  'prometheus.yml',
  '.env',
  'node.py',
] as const;

/** Where nothing is said the file is empty. */
const texts = (given: Readonly<Partial<Record<(typeof paths)[number], string>>>): [string[]] => [
  paths.map((path) => given[path] ?? ''),
];

/** Half a surrogate pair: no URI can have it. */
const half = '\ud800';
const halves: [string[]][] = [
  texts({ 'run.sh': `${half}\`ExecStart=/usr/bin/python node.py\n` }),
  texts({ 'node.service': `[Service]\nEnvironmentFile=/${half}\nExecStart=/\udc00 node.py\n` }),
  texts({
    'compose.yaml': `services:\n  a:\n    env_file: /${half}.env\n    command: python /${half}.py\n`,
    'node.py': 'Mesh(mode="p2p")\n',
    '.env': `LOG_DIRECTORY=/${half}\nGOVERNANCE_POLICY_PATH=/${half}\n`,
  }),
];

function* rangesOf(value: unknown): Generator<Range> {
  if (value === null || typeof value !== 'object') return;
  if ('start' in value && 'end' in value) yield value as Range;
  else for (const inner of Object.values(value)) yield* rangesOf(inner);
}

function expectPlaces(document: SourceDocument, source: string): void {
  const lines = source.split(/\r\n|\r|\n/);
  for (const { start, end } of rangesOf(document)) {
    expect(start.line < end.line || (start.line === end.line && start.character <= end.character)).toBe(true);
    expect(end.line).toBeLessThan(lines.length);
    expect(end.character).toBeLessThanOrEqual((lines[end.line] ?? '').length + 1);
  }
}

describe('deployment files', () => {
  it('of any text are read, built into a model and checked without an exception; every place lies in its text', () => {
    fc.assert(
      fc.property(fc.tuple(...paths.map(() => text)), (contents) => {
        const files = Object.fromEntries(paths.map((path, i) => [path, contents[i] ?? '']));
        const model = modelOf(files);
        check(model, { profile: 'production' });
        for (const [uri, document] of model.documents) expectPlaces(document, files[uri.slice('file:///w/'.length)] ?? '');
      }),
      {
        numRuns: 400,
        examples: halves,
      },
    );
  });

  it('of a long hostile text end soon', () => {
    const long = 400_000;
    const hostile = [
      'a=',
      '"',
      '\\\n',
      '${A:-',
      '$(',
      '<<E\n',
      '[',
      '{',
      '- ',
      'A=1 ',
      '# \\\n',
      'ENV A=',
      "'",
      'export A=1;',
      '`',
      '/*',
      '*/',
      '\t',
    ];
    const started = performance.now();
    for (const piece of hostile) {
      const body = piece.repeat(Math.ceil(long / piece.length));
      modelOf({
        'node.service': `[Service]\nEnvironment=${body}`,
        Dockerfile: `FROM x\nENV ${body}`,
        'run.sh': `python ${body}`,
        '.vscode/launch.json': `{"configurations": [{"name": "${body}`,
      });
    }
    expect((performance.now() - started) / hostile.length).toBeLessThan(4000);
  });
});
